import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { authSdl, memoSdl, supergraphSdl } from '#schema/generated/sdl.ts';
import {
  type Executor,
  type ExecutorOptions,
  type Result,
  startApollos,
  startOurs,
} from './executors.ts';
import { inventSubgraph } from './inventedSubgraph.ts';
import { composeLibrary, librarySubgraphs } from './library.ts';
import { writeOperation } from './randomOperation.ts';

/** What goes wrong in the subgraphs: with which chance, and what they forget. */
const MOODS = {
  'everything goes well': { nullOneIn: 0, failOneIn: 0 },
  'there are nulls': { nullOneIn: 4, failOneIn: 0 },
  'fields fail': { nullOneIn: 8, failOneIn: 12 },
  'names are left out': { nullOneIn: 8, failOneIn: 0, forgotten: ['name', 'displayName', 'title'] },
  'keys are left out': { nullOneIn: 0, failOneIn: 0, forgotten: ['id'] },
} as const;

type Mood = keyof typeof MOODS;

const OPERATIONS = 40;

/**
 * Where Apollo's answer isn't laid down or isn't right: an object is given up at whichever of its
 * fields is found to be missing first; and its paths name another item of a list when an item before
 * is of a type that the subgraph wasn't asked about.
 */
function comparable({ missing, errors, data }: Result) {
  const anywhere = errors.map(({ message, path }) => ({
    message,
    path: path.replaceAll(/\b\d+\b/g, '#'),
  }));
  return { data, errors: anywhere.sort(byText), isWhole: missing.length === 0 };
}

function byText(one: object, other: object): number {
  return JSON.stringify(one).localeCompare(JSON.stringify(other));
}

describe.each([
  ['our own supergraph', (): string => supergraphSdl, { auth: authSdl, memo: memoSdl }],
  ['a supergraph with abstract types', composeLibrary, librarySubgraphs],
] as const)('over %s', (_, readSupergraph, sdls: Readonly<Record<string, string>>) => {
  const world: { seed: number; mood: Mood } = { seed: 0, mood: 'everything goes well' };
  const subgraphs = new Map(
    Object.entries(sdls).map(([name, sdl]) => [name, inventSubgraph(sdl)] as const),
  );
  const answer: ExecutorOptions['answer'] = async (name, question) => {
    const { seed, mood } = world;
    const response = await subgraphs.get(name)?.(question, { seed, ...MOODS[mood] });
    return response ?? { data: null };
  };
  let ours: Executor;
  let apollos: Executor;
  beforeAll(async () => {
    const options = { supergraphSdl: readSupergraph(), answer };
    ours = await startOurs(options);
    apollos = await startApollos(options);
  });
  afterAll(async () => {
    await ours.stop();
    await apollos.stop();
  });

  test.each(Object.keys(MOODS) as Mood[])('answers as Apollo’s executor while %s', async (mood) => {
    world.mood = mood;
    let ran = 0;
    const property = fc.asyncProperty(fc.nat(), async (seed) => {
      const sent = writeOperation(ours.schema, seed);
      if (ours.validate(sent.query).length > 0) return;
      ran += 1;
      world.seed = seed % 7;
      expect(comparable(await ours.execute(sent))).toEqual(comparable(await apollos.execute(sent)));
    });
    await fc.assert(property, { numRuns: OPERATIONS });
    expect(ran).toBeGreaterThan(OPERATIONS / 3);
  });
});

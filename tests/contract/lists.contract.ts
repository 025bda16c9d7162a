import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMemo, LIST_MEMOS, listAllTitles, listMemos, updateMemo } from './memos.ts';
import { givenSharedPad } from './pads.ts';
import type { Person } from './people.ts';
import { expectRefusal } from './refusal.ts';
import type { Stage } from './stage.ts';

interface Sample {
  readonly title: string;
  readonly state: string;
  readonly tags: readonly string[];
  readonly color: string;
  readonly pinned: boolean;
  readonly open: boolean;
}

/** A memo for each combination that a filter can tell apart, the newest last. */
const SAMPLES: readonly Sample[] = ['ACTIVE', 'ARCHIVED', 'TRASHED'].flatMap((state) =>
  [true, false].flatMap((pinned) =>
    [true, false].flatMap((open) =>
      [['work'], ['work', 'home'], []].map((tags, index) => {
        const color = index === 0 ? 'RED' : 'DEFAULT';
        const title = [state, pinned && 'pinned', open && 'open', ...tags]
          .filter(Boolean)
          .join(' ');
        return { title, state, pinned, open, tags, color };
      }),
    ),
  ),
);

const FILTERS: readonly Record<string, unknown>[] = [
  {},
  { state: 'ARCHIVED' },
  { state: 'TRASHED' },
  { pinned: true },
  { pinned: false },
  { hasOpenTasks: true },
  { hasOpenTasks: false },
  { color: 'RED' },
  { color: 'PURPLE' },
  { tags: [] },
  { tags: ['work'] },
  { tags: ['home', 'work'] },
  { tags: ['Work'] },
  { tags: ['work', 'nothing'] },
  { state: 'ARCHIVED', pinned: false, hasOpenTasks: true },
  { state: 'TRASHED', pinned: true, tags: ['work'], color: 'RED', hasOpenTasks: false },
];

/** Lists: their order, their pages and their filters. */
export function listsContract(stage: Stage): void {
  describe('the list of a pad', () => {
    let mina: Person;
    let padId: string;
    beforeAll(async () => {
      mina = await stage.person('Mina');
      padId = (await givenSharedPad(mina)).id;
      for (const sample of SAMPLES) await givenMemo(mina, padId, sample);
    });

    test('shows the newest change first and pinned memos ahead', async () => {
      expect(await listAllTitles(mina, { padId, first: 100 })).toEqual(expectedTitles({}));
    });

    test.each([1, 2, 5, 12, 13])('is the same in pages of %i', async (first) => {
      expect(await listAllTitles(mina, { padId, first })).toEqual(expectedTitles({}));
    });

    test.each(FILTERS.map((filter) => [JSON.stringify(filter), filter] as const))(
      'filtered by %s shows what matches, in order, on one page and on many',
      async (_, filter) => {
        const titles = expectedTitles(filter);
        expect(await listAllTitles(mina, { padId, filter, first: 100 })).toEqual(titles);
        expect(await listAllTitles(mina, { padId, filter, first: 2 })).toEqual(titles);
      },
    );

    test('is read on from the cursor of any edge', async () => {
      const { edges } = await listMemos(mina, { padId });
      for (const [index, { cursor }] of edges.entries()) {
        const { nodes } = await listMemos(mina, { padId, after: cursor });
        expect(nodes.map(({ title }) => title)).toEqual(expectedTitles({}).slice(index + 1));
      }
    });

    test('names the same memos as edges and as nodes, and ends at the last of them', async () => {
      const page = await listMemos(mina, { padId, first: 3 });
      expect(page.edges.map(({ node }) => node)).toEqual(page.nodes);
      expect(page.nodes.length).toBe(3);
      expect(page.pageInfo).toEqual({ hasNextPage: true, endCursor: page.edges.at(-1)?.cursor });
      const all = await listMemos(mina, { padId, first: 100 });
      expect(all.pageInfo.hasNextPage).toBe(false);
    });

    test('is 20 long when no length is asked for', async () => {
      const { id } = await givenSharedPad(mina);
      await Promise.all(Array.from({ length: 21 }, () => createMemo(mina, { padId: id })));
      expect((await listMemos(mina, { padId: id })).nodes.length).toBe(20);
    });

    test('takes null for left out', async () => {
      const filter = { state: null, tags: null, pinned: null, hasOpenTasks: null, color: null };
      const variables = { padId, filter, first: null, after: null };
      expect(await mina.ask(LIST_MEMOS, variables)).toEqual(await mina.ask(LIST_MEMOS, { padId }));
    });

    test('is what Pad.memos shows', async () => {
      const document = `query ($padId: ID!) { pad(id: $padId) {
        memos(first: 4, filter: { pinned: false }) { nodes { title } } } }`;
      const nodes = expectedTitles({ pinned: false }).slice(0, 4);
      const memos = { nodes: nodes.map((title) => ({ title })) };
      expect(await mina.ask(document, { padId })).toEqual({ pad: { memos } });
    });

    test.each([0, -1, 101, 2_147_483_647])('refuses a page of %i', async (first) => {
      const attempt = mina.attempt(LIST_MEMOS, { padId, first });
      await expectRefusal(attempt, 'BAD_USER_INPUT', /1.*100/);
    });

    test('moves a memo to the front when it is changed', async () => {
      const { id } = await givenSharedPad(mina);
      const titles = ['one', 'two', 'three'];
      const memos = [];
      for (const title of titles) memos.push(await createMemo(mina, { title, padId: id }));
      await updateMemo(mina, { id: memos[0]!.id, color: 'RED' });
      expect(await listAllTitles(mina, { padId: id })).toEqual(['one', 'three', 'two']);
      await updateMemo(mina, { id: memos[1]!.id, pinned: true });
      await updateMemo(mina, { id: memos[2]!.id, color: 'RED' });
      expect(await listAllTitles(mina, { padId: id })).toEqual(['two', 'three', 'one']);
    });
  });

  describe('a pad without memos', () => {
    test('has an empty page', async () => {
      const mina = await stage.person('Mina');
      const { id } = await givenSharedPad(mina);
      const pageInfo = { hasNextPage: false, endCursor: null };
      expect(await listMemos(mina, { padId: id })).toEqual({ edges: [], nodes: [], pageInfo });
    });

    test('left out is the viewer’s personal pad', async () => {
      const [mina, joon] = await Promise.all([stage.person('Mina'), stage.person('Joon')]);
      await createMemo(mina, { title: 'Mina’s own' });
      await createMemo(joon, { title: 'Joon’s own' });
      expect(await listAllTitles(mina)).not.toContain('Joon’s own');
      expect(await listMemos(joon)).toEqual(await listMemos(joon, { padId: joon.id }));
    });
  });
}

async function givenMemo(person: Person, padId: string, sample: Sample): Promise<void> {
  const { title, tags, color, pinned, open, state } = sample;
  const body = open ? '- [x] done\n- [ ] open' : '- [x] done';
  const { id } = await createMemo(person, { padId, title, body, tags, color, pinned });
  if (state !== 'ACTIVE') await updateMemo(person, { id, state });
}

/** What a list shall show, by the words of the schema alone. */
function expectedTitles(filter: Record<string, unknown>): string[] {
  const { state = 'ACTIVE', tags = [], pinned, hasOpenTasks, color } = filter;
  const matches = SAMPLES.filter(
    (sample) =>
      sample.state === state &&
      (tags as string[]).every((tag) => sample.tags.includes(tag)) &&
      (pinned === undefined || sample.pinned === pinned) &&
      (hasOpenTasks === undefined || sample.open === hasOpenTasks) &&
      (color === undefined || sample.color === color),
  );
  const newestFirst = matches.map(({ title, pinned }) => ({ title, pinned })).reverse();
  return newestFirst.sort((a, b) => Number(b.pinned) - Number(a.pinned)).map(({ title }) => title);
}

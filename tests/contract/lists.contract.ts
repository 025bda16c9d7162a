import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  createMemo,
  LIST_MEMOS,
  listAllTitles,
  listMemos,
  type Page,
  trashMemo,
  updateMemo,
} from './memos.ts';
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

/** Lists: their order, their pages, their filters and their cursors. */
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

  describe('a cursor', () => {
    let mina: Person;
    let padId: string;
    let page: Page;
    beforeAll(async () => {
      mina = await stage.person('Mina');
      padId = (await givenSharedPad(mina)).id;
      for (const title of ['one', 'two', 'three']) await createMemo(mina, { title, padId });
      page = await listMemos(mina, { padId, first: 1 });
    });
    const refuse = (wish: object) =>
      expectRefusal(mina.attempt(LIST_MEMOS, { padId, ...wish }), 'BAD_USER_INPUT', /cursor/i);

    test.each(['', ' ', 'x', '#', '0', 'null', 'A1#', '🙂', '\u0000', 'x'.repeat(100_000)])(
      'that is none is refused (%j)',
      async (after) => {
        await refuse({ after: after });
      },
    );

    test('that was damaged is refused, wherever it is cut or grown', async () => {
      const cursor = page.pageInfo.endCursor!;
      const damaged = [
        ...Array.from(cursor, (_, index) => cursor.slice(0, index)),
        ...Array.from(cursor, (_, index) => cursor.slice(index + 1)),
        `${cursor}~`,
        ` ${cursor}`,
        cursor + cursor,
        cursor.toLowerCase(),
      ].filter((text) => text !== cursor);
      for (const after of damaged) await refuse({ after });
    });

    test('of another state’s list is refused', async () => {
      await refuse({ filter: { state: 'TRASHED' }, after: page.pageInfo.endCursor });
    });

    test('of another pad is refused', async () => {
      const other = await givenSharedPad(mina);
      await refuse({ padId: other.id, after: page.pageInfo.endCursor });
    });

    test('still works when the memo it stands for has moved or is gone', async () => {
      await trashMemo(mina, page.nodes[0]!.id);
      const rest = await listMemos(mina, { padId, after: page.pageInfo.endCursor });
      expect(rest.nodes.map(({ title }) => title)).toEqual(['two', 'one']);
    });
  });

  describe('a page with bodies', () => {
    const document = `query ($padId: ID, $first: Int, $after: String) {
      memos(padId: $padId, first: $first, after: $after) {
        nodes { title body } pageInfo { hasNextPage endCursor } } }`;

    test('holds each memo’s whole text and at most 1 MB of it', async () => {
      const mina = await stage.person('Mina');
      const { id: padId } = await givenSharedPad(mina);
      const bodies = ['가', '나', '다', '라', '마'].map((syllable) => syllable.repeat(100_000));
      for (const body of bodies) await createMemo(mina, { padId, title: body.charAt(0), body });
      const read: string[] = [];
      let after: string | null = null;
      do {
        const { memos }: { memos: BodyPage } = await mina.ask(document, { padId, after });
        const bytes = memos.nodes.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
        expect(bytes).toBeLessThanOrEqual(1_048_576);
        read.unshift(...memos.nodes.map(({ body }) => body).reverse());
        after = memos.pageInfo.hasNextPage ? memos.pageInfo.endCursor : null;
      } while (after);
      expect(read.map((body) => body.charAt(0))).toEqual(bodies.map((body) => body.charAt(0)));
      expect(read).toEqual(bodies);
    });
  });
}

interface BodyPage {
  readonly nodes: readonly { readonly title: string; readonly body: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
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

import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMemo } from '#domain/memo/createMemo.ts';
import type { MemoFilterInput } from '#domain/memo/listInput.ts';
import { listMemos } from '#domain/memo/listMemos.ts';
import type { MemoStore } from '#domain/memo/memoStore.ts';
import type { MemoPage } from '#domain/memo/page.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { DAY_MS, errorOf, memosOn, someUlid, someViewer, useMemos } from '#tests/support/memos.ts';

const { table, ports } = useMemos();
const viewer = someViewer();
beforeAll(async () => {
  for (const [title, given] of Object.entries(MEMOS)) {
    const { state, ...input } = { state: 'ACTIVE' as const, ...given };
    const { id } = await createMemo(ports, viewer, { title, ...input });
    await updateMemo(ports, viewer, { id, state });
    ports.pass(1000);
  }
});

/** By title, oldest first. */
const MEMOS = {
  plain: {},
  pinned: { pinned: true },
  open: { body: '- [ ] a\n- [x] b', tags: ['집', 'b'] },
  done: { body: '- [x] a', tags: ['집'] },
  red: { color: 'RED', tags: ['b', '집'] },
  archived: { state: 'ARCHIVED' },
  'archived, pinned': { state: 'ARCHIVED', pinned: true },
  trashed: { state: 'TRASHED' },
} as const;

const titles = async (filter: MemoFilterInput | null, more = {}): Promise<string[]> => {
  const { edges } = await listMemos(ports, viewer, { filter, ...more });
  return edges.map(({ memo }) => memo.title);
};

/** A pad of their own with this many memos, the newest called 0. */
async function viewerWith(count: number, given: (index: number) => object = () => ({})) {
  const who = someViewer();
  const create = (index: number) => {
    ports.pass(1);
    return createMemo(ports, who, { title: `${index}`, ...given(index) });
  };
  await Promise.all([...Array(count).keys()].reverse().map(create));
  ports.pass(1);
  return who;
}

async function walk(who: Viewer, first: number, filter: MemoFilterInput): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after: string | null = null; ; ) {
    const page: MemoPage = await listMemos(ports, who, { first, after, filter });
    pages.push(page.edges.map(({ memo }) => memo.title));
    if (!page.hasNextPage) return pages;
    after = page.endCursor;
  }
}

describe('listMemos', () => {
  test('shows the newest change first, pinned memos ahead, with all of a summary', async () => {
    expect(await titles(null)).toEqual(['pinned', 'red', 'done', 'open', 'plain']);
    const { edges } = await listMemos(ports, viewer);
    for (const { memo } of edges) {
      const [full] = await ports.memos.readMany([memo]);
      const { body, ...summary } = full!;
      expect(memo).toEqual(summary);
      expect(typeof body).toBe('string');
    }
  });

  test.each<[string, MemoFilterInput, string[]]>([
    ['nothing in particular', {}, ['pinned', 'red', 'done', 'open', 'plain']],
    [
      'null',
      { state: null, pinned: null, tags: null, hasOpenTasks: null, color: null },
      ['pinned', 'red', 'done', 'open', 'plain'],
    ],
    ['a state', { state: 'ARCHIVED' }, ['archived, pinned', 'archived']],
    ['the trash', { state: 'TRASHED' }, ['trashed']],
    ['pinned', { pinned: true }, ['pinned']],
    ['not pinned', { pinned: false }, ['red', 'done', 'open', 'plain']],
    ['pinned in a state', { state: 'ARCHIVED', pinned: true }, ['archived, pinned']],
    ['a tag', { tags: ['집'] }, ['red', 'done', 'open']],
    ['all of two tags', { tags: ['집', 'b'] }, ['red', 'open']],
    ['a tag of none', { tags: ['x'] }, []],
    ['half a tag', { tags: ['지'] }, []],
    ['no tags', { tags: [] }, ['pinned', 'red', 'done', 'open', 'plain']],
    ['open tasks', { hasOpenTasks: true }, ['open']],
    ['no open tasks', { hasOpenTasks: false }, ['pinned', 'red', 'done', 'plain']],
    ['a colour', { color: 'RED' }, ['red']],
    ['no colour', { color: 'DEFAULT' }, ['pinned', 'done', 'open', 'plain']],
    ['several at once', { color: 'DEFAULT', tags: ['집'], hasOpenTasks: false }, ['done']],
  ])('filters by %s', async (_, filter, expected) => {
    expect(await titles(filter)).toEqual(expected);
  });

  test('moves a memo to the front when it is changed', async () => {
    const who = await viewerWith(3);
    const { edges } = await listMemos(ports, who);
    ports.pass(1);
    await updateMemo(ports, who, { id: edges[2]!.memo.id, title: 'changed' });
    const after = await listMemos(ports, who);
    expect(after.edges.map(({ memo }) => memo.title)).toEqual(['changed', '0', '1']);
  });

  test('leaves out what counts as purged already', async () => {
    const [who, later] = [someViewer(), memosOn(table)];
    const [a, b] = await Promise.all([
      createMemo(later, who, { title: 'a' }),
      createMemo(later, who, { title: 'b', pinned: true }),
    ]);
    await Promise.all([trashMemo(later, who, a.id), trashMemo(later, who, b.id)]);
    const trash = () => listMemos(later, who, { filter: { state: 'TRASHED' } });
    later.pass(30 * DAY_MS - 1);
    expect((await trash()).edges).toHaveLength(2);
    later.pass(1);
    expect((await trash()).edges).toEqual([]);
  });

  test.each([false, true])(
    'shows nothing behind a cursor as old as that, pinned: %s',
    async (pinned) => {
      const [who, later] = [someViewer(), memosOn(table)];
      const { id } = await createMemo(later, who, { title: 'a', pinned });
      await trashMemo(later, who, id);
      const filter = { state: 'TRASHED', pinned } as const;
      const after = (await listMemos(later, who, { filter })).edges[0]!.cursor;
      later.pass(31 * DAY_MS);
      const nothing = { edges: [], hasNextPage: false, endCursor: null };
      expect(await listMemos(later, who, { filter, after })).toEqual(nothing);
    },
  );

  describe('in pages', () => {
    test('says of an empty pad that there is nothing', async () => {
      const nothing = { edges: [], hasNextPage: false, endCursor: null };
      expect(await listMemos(ports, someViewer())).toEqual(nothing);
    });

    test('reads on behind endCursor until hasNextPage is false', async () => {
      const who = await viewerWith(5);
      expect(await walk(who, 2, {})).toEqual([['0', '1'], ['2', '3'], ['4']]);
      expect(await walk(who, 5, {})).toEqual([['0', '1', '2', '3', '4']]);
      expect(await walk(who, 1, {})).toHaveLength(5);
    });

    test('reads on behind the cursor of any memo', async () => {
      const who = await viewerWith(4);
      const { edges } = await listMemos(ports, who);
      const page = await listMemos(ports, who, { after: edges[1]!.cursor });
      expect(page.edges.map(({ memo }) => memo.title)).toEqual(['2', '3']);
    });

    test('reads on behind a memo that is gone', async () => {
      const who = await viewerWith(3);
      const { edges } = await listMemos(ports, who);
      await purgeMemo(ports, who, edges[0]!.memo.id);
      const page = await listMemos(ports, who, { after: edges[0]!.cursor });
      expect(page.edges.map(({ memo }) => memo.title)).toEqual(['1', '2']);
    });

    test('looks at 100 summaries a page when it filters, and may find none of them', async () => {
      const who = await viewerWith(230, (index) => ({ tags: index === 150 ? ['rare'] : [] }));
      expect(await walk(who, 20, { tags: ['rare'] })).toEqual([[], ['150'], []]);
      const half = await walk(who, 100, { hasOpenTasks: false });
      expect(half.map((page) => page.length)).toEqual([100, 100, 30]);
    });

    test('gives 20 when not told how many', async () => {
      const who = await viewerWith(21);
      const page = await listMemos(ports, who);
      expect(page).toMatchObject({ hasNextPage: true, endCursor: page.edges[19]!.cursor });
      expect((await listMemos(ports, who, { first: null })).edges).toHaveLength(20);
    });

    test.each([0, -1, 101, 1.5])('refuses %s as a number of memos', async (first) => {
      expect(await errorOf(listMemos(ports, viewer, { first }))).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: `Expected \`first\` to be 1 to 100, got ${first}.`,
      });
    });

    test('refuses a filter of 51 tags', async () => {
      const filter = { tags: Array(51).fill('a') };
      expect(await errorOf(listMemos(ports, viewer, { filter }))).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: 'Expected a filter of at most 50 tags, got 51.',
      });
    });

    test('refuses a cursor of another list', async () => {
      const cursorOf = async (filter: MemoFilterInput, who = viewer) =>
        (await listMemos(ports, who, { filter })).edges[0]!.cursor;
      const got = async (after: string, filter: MemoFilterInput) => {
        const error = await errorOf(listMemos(ports, viewer, { after, filter }));
        expect(error.code).toBe('BAD_USER_INPUT');
        return error.message.replace(/^Expected `after` to be a cursor of this list, /, '');
      };
      const archived = await cursorOf({ state: 'ARCHIVED', pinned: false });
      const other = await cursorOf({}, await viewerWith(1));
      expect(await got(archived, {})).toBe(
        'the ACTIVE memos of this pad; got one of its ARCHIVED memos.',
      );
      expect(await got(archived, { state: 'ARCHIVED', pinned: true })).toBe(
        'the ARCHIVED memos of this pad; got one of a not pinned memo.',
      );
      expect(await got(other, {})).toBe('the ACTIVE memos of this pad; got one of another pad.');
      expect(await got('', {})).toBe('the ACTIVE memos of this pad; got another text.');
      expect(await titles({ state: 'ARCHIVED' }, { after: archived })).toEqual([]);
    });
  });

  describe('with bodies', () => {
    test('gives whole memos in the same order, with one batch', async () => {
      const who = await viewerWith(3, (index) => ({ body: `body ${index}`, pinned: index === 2 }));
      const read: string[][] = [];
      const readMany: MemoStore['readMany'] = (keys) => {
        read.push(keys.map(({ ulid }) => ulid));
        return ports.memos.readMany(keys);
      };
      const spied = { ...ports, memos: { ...ports.memos, readMany } };
      const { edges } = await listMemos(spied, who, { first: 2 }, { withBodies: true });
      expect(edges.map(({ memo }) => memo.body)).toEqual(['body 2', 'body 0']);
      expect(read).toEqual([edges.map(({ memo }) => memo.ulid)]);
      expect((await listMemos(spied, someViewer(), {}, { withBodies: true })).edges).toEqual([]);
      expect(read).toHaveLength(1);
    });

    test('ends a page before 1 MB of bodies, counted in UTF-8', async () => {
      const who = await viewerWith(8, () => ({ body: '글'.repeat(100_000) }));
      const sizes: number[] = [];
      let after: string | null = null;
      do {
        const page: MemoPage = await listMemos(
          ports,
          who,
          { first: 100, after },
          { withBodies: true },
        );
        sizes.push(page.edges.length);
        after = page.hasNextPage ? page.endCursor : null;
      } while (after);
      expect(sizes).toEqual([3, 3, 2]);
    });

    test('drops a memo that left the list between the two reads', async () => {
      const who = await viewerWith(3);
      const list: MemoStore['list'] = async (request) => {
        const slice = await ports.memos.list(request);
        await purgeMemo(ports, who, slice.summaries[0]!.id);
        await trashMemo(ports, who, slice.summaries[1]!.id);
        return slice;
      };
      const raced = { ...ports, memos: { ...ports.memos, list } };
      const { edges } = await listMemos(raced, who, {}, { withBodies: true });
      expect(edges.map(({ memo }) => memo.title)).toEqual(['2']);
    });

    test('keeps the cursor of the place that was listed when a memo moved between the two reads', async () => {
      const who = await viewerWith(2);
      const before = await listMemos(ports, who);
      const list: MemoStore['list'] = async (request) => {
        const slice = await ports.memos.list(request);
        ports.pass(1);
        await updateMemo(ports, who, { id: slice.summaries[1]!.id, title: 'moved' });
        return slice;
      };
      const raced = { ...ports, memos: { ...ports.memos, list } };
      const { edges } = await listMemos(raced, who, {}, { withBodies: true });
      expect(edges.map(({ memo }) => memo.title)).toEqual(['0', 'moved']);
      expect(edges.map(({ cursor }) => cursor)).toEqual(before.edges.map(({ cursor }) => cursor));
    });
  });

  test('shows a shared pad to its members, to others NOT_FOUND, to nobody UNAUTHENTICATED', async () => {
    const [padId, reader] = [someUlid(), someViewer()];
    ports.setRole(padId, viewer, 'OWNER');
    ports.setRole(padId, reader, 'VIEWER');
    await createMemo(ports, viewer, { title: 'shared', padId });
    expect((await listMemos(ports, reader, { padId })).edges).toHaveLength(1);
    const list = (who: Viewer | null, input = {}) => errorOf(listMemos(ports, who, input));
    expect(await list(someViewer(), { padId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await list(reader, { padId: viewer.userId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await list(reader, { padId: 'x', first: 0 })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await list(null)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

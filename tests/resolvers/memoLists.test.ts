import { beforeAll, describe, expect, test } from '@jest/globals';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import type { AppSyncPerson } from '#tests/support/appsyncAsker.ts';
import { memosOn } from '#tests/support/memos.ts';
import {
  CREATE,
  EMPTY,
  LIST,
  PAD_NOT_FOUND,
  READ,
  sharedPad,
  TRASH,
  thirtyDaysAgo,
} from './memoDocuments.ts';

const app = useAppSyncApi();

interface Listed {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly title: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function make(
  viewer: AppSyncPerson,
  inputs: readonly Readonly<Record<string, unknown>>[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const input of inputs) ids.push((await viewer.ask(CREATE, { input })).memo.id);
  return ids;
}

async function list(viewer: AppSyncPerson, variables: object = {}): Promise<Listed> {
  return (await viewer.ask<{ memos: Listed }>(LIST, { ...variables })).memos;
}

const titles = ({ edges }: Listed): string[] => edges.map(({ node }) => node.title);

describe('memos', () => {
  let viewer: AppSyncPerson;
  beforeAll(async () => {
    viewer = await app.person();
    await make(viewer, [
      { title: 'one', body: '- [ ] a', tags: ['x'] },
      { title: 'two', pinned: true, color: 'RED' },
      { title: 'three', body: '- [x] a', tags: ['x', 'y'], color: 'RED' },
      { title: 'four' },
      { title: 'five' },
    ]);
  });

  test('come with the newest change first, pinned ones ahead', async () => {
    const page = await list(viewer);
    expect(titles(page)).toEqual(['two', 'five', 'four', 'three', 'one']);
    const last = page.edges.at(-1)?.cursor;
    expect(page.pageInfo).toEqual({ hasNextPage: false, endCursor: last });
  });

  test('come page by page', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 1; ; pages += 1) {
      const page: Listed = await list(viewer, { first: 2, after });
      seen.push(...titles(page));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) {
        expect(pages).toBe(3);
        break;
      }
    }
    expect(seen).toEqual(['two', 'five', 'four', 'three', 'one']);
  });

  test.each([
    [{ tags: ['x'] }, ['three', 'one']],
    [{ tags: ['x', 'y'] }, ['three']],
    [{ pinned: true }, ['two']],
    [{ pinned: false, color: 'RED' }, ['three']],
    [{ hasOpenTasks: true }, ['one']],
    [{ hasOpenTasks: false, color: 'DEFAULT' }, ['five', 'four']],
    [{ state: 'ARCHIVED' }, []],
  ])('are filtered by %j', async (filter, expected) => {
    expect(titles(await list(viewer, { filter }))).toEqual(expected);
  });

  test('of a page without a memo end nowhere', async () => {
    const { pageInfo, edges } = await list(viewer, { filter: { state: 'TRASHED' } });
    expect({ pageInfo, edges }).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  test.each([
    [{ first: 0 }, 'Expected `first` to be 1 to 100, got 0.'],
    [{ first: 101 }, 'Expected `first` to be 1 to 100, got 101.'],
    [
      { after: 'nonsense' },
      'Expected `after` to be a cursor of this list, the ACTIVE memos of this pad; got another text.',
    ],
    [{ filter: { tags: Array(51).fill('a') } }, 'Expected a filter of at most 50 tags, got 51.'],
  ])('are refused for %#', async (variables, message) => {
    expect(await viewer.refused(LIST, variables)).toBe(`BAD_USER_INPUT: ${message}`);
  });

  test('are told behind a cursor of the federated door, and the other way round', async () => {
    const ports = memosOn(app.memoTable as never);
    const { endCursor } = (await list(viewer, { first: 2 })).pageInfo;
    const place = `${endCursor}`.slice(`memos.${viewer.id}.`.length);
    const rest = await ports.memos.list({
      padId: viewer.id,
      range: { low: 'A0', high: place },
      order: 'NEWEST_FIRST',
      limit: 9,
    });
    expect(rest.summaries.map(({ title }) => title)).toEqual(['five', 'four', 'three', 'one']);
  });

  test('of a pad are for its members', async () => {
    const [owner, guest] = [await app.person(), await app.person()];
    const padId = await sharedPad(app, { [owner.id]: 'OWNER', [guest.id]: 'VIEWER' });
    await make(owner, [{ padId, title: 'ours' }]);
    expect(titles(await list(guest, { padId }))).toEqual(['ours']);
    expect(await viewer.refused(LIST, { padId, first: 0 })).toBe(PAD_NOT_FOUND);
    expect(await viewer.refused(LIST, { padId: 'nonsense' })).toBe(PAD_NOT_FOUND);
  });
});

describe('what is selected of memos', () => {
  const bodies = { title: 'one', body: '- [ ] a' };
  const calls = async (viewer: AppSyncPerson, selection: string, padId?: string) => {
    let memos: unknown;
    const made = await app.callsOf(async () => {
      const document = `query ($padId: ID) { memos(padId: $padId) { ${selection} } }`;
      ({ memos } = await viewer.ask(document, { padId }));
    });
    return { calls: made, memos };
  };

  test.each([
    ['nodes { title body }', { nodes: [bodies] }],
    ['edges { node { title body } }', { edges: [{ node: bodies }] }],
    [
      'edges { node { title text: body } }',
      { edges: [{ node: { title: 'one', text: '- [ ] a' } }] },
    ],
    ['... on MemoConnection { nodes { text: body } }', { nodes: [{ text: '- [ ] a' }] }],
    ['list: nodes { body }', { list: [{ body: '- [ ] a' }] }],
    ['list: edges { item: node { body } }', { list: [{ item: { body: '- [ ] a' } }] }],
    ['nodes { tasks { text } }', { nodes: [{ tasks: [{ text: 'a' }] }] }],
    ['nodes { todo: tasks { title: text } }', { nodes: [{ todo: [{ title: 'a' }] }] }],
  ])('brings bodies by one batch: %s', async (selection, memos) => {
    const viewer = await app.person();
    await make(viewer, [bodies]);

    expect(await calls(viewer, selection)).toEqual({ calls: ['Query', 'BatchGetItem'], memos });
  });

  test.each([
    'nodes { __typename id title excerpt taskCount doneTaskCount tags color pinned state trashedAt version createdAt updatedAt }',
    'edges { cursor node { title } } pageInfo { hasNextPage endCursor } __typename',
    'nodes { author { id } lastEditor { id } pad { id name personal role createdAt } }',
    'pageInfo { more: hasNextPage end: endCursor }',
    'edges { place: cursor }',
  ])('brings no body that is not needed: %s', async (selection) => {
    const viewer = await app.person();
    await make(viewer, [bodies]);
    expect((await calls(viewer, selection)).calls).toEqual(['Query']);
  });

  test('is right, if not cheap, where a body hides behind the name of another field', async () => {
    const viewer = await app.person();
    await make(viewer, [bodies, bodies]);
    const { calls: made, memos } = await calls(
      viewer,
      'nodes { title: body state: tasks { text } }',
    );
    expect(memos).toEqual({
      nodes: Array(2).fill({ title: '- [ ] a', state: [{ text: 'a' }] }),
    });
    expect(made).toEqual(['Query', 'GetItem', 'GetItem', 'GetItem', 'GetItem']);
  });

  test('reads a shared pad once for all of its memos', async () => {
    const owner = await app.person();
    const padId = await sharedPad(app, { [owner.id]: 'OWNER' });
    await make(owner, [
      { title: 'a', padId },
      { title: 'b', padId },
    ]);
    const known = await calls(owner, 'nodes { pad { id role personal } }', padId);
    expect(known.calls).toEqual(['GetItem', 'Query']);
    const pad = { id: padId, name: 'Trip', role: 'OWNER', personal: false };
    const named = await calls(owner, 'nodes { pad { id name role personal } }', padId);
    expect(named).toEqual({
      calls: ['GetItem', 'Query', 'GetItem'],
      memos: { nodes: [{ pad }, { pad }] },
    });
  });

  test('tells where the change log stands, read before the memos', async () => {
    const viewer = await app.person();
    const selections = [
      'changesCursor',
      'since: changesCursor',
      '... on MemoConnection { a: changesCursor }',
    ];
    for (const selection of selections) {
      const { calls: made, memos } = await calls(viewer, `${selection} nodes { id }`);
      expect(made).toEqual(['GetItem', 'Query']);
      expect(Object.values(memos as object)).toContain('0.0');
    }
  });

  test('cuts a page of bodies at 1 MB', async () => {
    const viewer = await app.person();
    await make(
      viewer,
      Array.from({ length: 5 }, (_, index) => ({ title: `${index}`, body: '가'.repeat(100_000) })),
    );
    const { memos } = await viewer.ask(
      '{ memos { nodes { title body } pageInfo { hasNextPage endCursor } } }',
    );
    expect(memos.nodes.map(({ title }: { title: string }) => title)).toEqual(['4', '3', '2']);
    expect(memos.pageInfo.hasNextPage).toBe(true);
    const rest = await list(viewer, { after: memos.pageInfo.endCursor });
    expect(titles(rest)).toEqual(['1', '0']);
  });
});

describe('Pad.memos', () => {
  test('lists the memos of a pad without reading again what its pad has read', async () => {
    const owner = await app.person();
    const padId = await sharedPad(app, { [owner.id]: 'OWNER' });
    await make(owner, [
      { title: 'a', padId },
      { title: 'b', padId },
    ]);
    const document = `query ($id: ID!) {
      pad(id: $id) { memos(first: 1) { nodes { title body } pageInfo { hasNextPage } } }
    }`;
    const calls = await app.callsOf(async () => {
      const { pad } = await owner.ask(document, { id: padId });
      expect(pad.memos).toEqual({
        nodes: [{ title: 'b', body: '' }],
        pageInfo: { hasNextPage: true },
      });
    });
    expect(calls).toEqual(['BatchGetItem', 'Query', 'BatchGetItem']);
  });

  test('of the personal pad costs no more than the list', async () => {
    const viewer = await app.person();
    await make(viewer, [{ title: 'a' }]);
    const document = 'query ($id: ID!) { pad(id: $id) { name memos { nodes { title } } } }';
    const calls = await app.callsOf(async () => {
      const { pad } = await viewer.ask(document, { id: viewer.id });
      expect(pad).toEqual({ name: '', memos: { nodes: [{ title: 'a' }] } });
    });
    expect(calls).toEqual(['Query']);
  });

  test('refuses what memos refuses', async () => {
    const viewer = await app.person();
    const document = 'query ($id: ID!) { pad(id: $id) { memos(first: 0) { nodes { title } } } }';
    expect(await viewer.refused(document, { id: viewer.id })).toBe(
      'BAD_USER_INPUT: Expected `first` to be 1 to 100, got 0.',
    );
  });
});

describe('emptyTrash', () => {
  async function trash(viewer: AppSyncPerson, inputs: readonly object[]): Promise<string[]> {
    const ids = await make(viewer, inputs as never);
    for (const id of ids) await viewer.ask(TRASH, { id });
    return ids;
  }

  test('purges what is in the trash, pinned or not, and nothing else', async () => {
    const viewer = await app.person();
    const [kept] = await make(viewer, [{ title: 'kept' }]);
    const ids = await trash(viewer, [{ title: 'a' }, { title: 'b', pinned: true }]);
    expect(await viewer.ask(EMPTY)).toEqual({ emptyTrash: 2 });
    expect(await viewer.ask(EMPTY)).toEqual({ emptyTrash: 0 });
    for (const id of ids) await expect(viewer.ask(READ, { id })).rejects.toThrow('NOT_FOUND');
    expect((await viewer.ask(READ, { id: kept })).memo.title).toBe('kept');
  });

  test('is for editors of the pad', async () => {
    const [owner, guest] = [await app.person(), await app.person()];
    const padId = await sharedPad(app, { [owner.id]: 'OWNER', [guest.id]: 'VIEWER' });
    await trash(owner, [{ title: 'a', padId }]);
    expect(await guest.refused(EMPTY, { padId })).toMatch(/^FORBIDDEN: /);
    expect(await (await app.person()).refused(EMPTY, { padId })).toBe(PAD_NOT_FOUND);
    expect(await owner.ask(EMPTY, { padId })).toEqual({ emptyTrash: 1 });
  });

  test('does not count what counts as purged already', async () => {
    const viewer = await app.person();
    await thirtyDaysAgo(app, viewer, (then) => trash(then, [{ title: 'old' }]));
    expect(await viewer.ask(EMPTY)).toEqual({ emptyTrash: 0 });
  });

  test('purges no more than a transaction takes at once, the longest untouched first', async () => {
    const viewer = await app.person();
    const large = '가'.repeat(100_000);
    await trash(
      viewer,
      Array.from({ length: 12 }, (_, index) => ({ title: `${index}`, body: large })),
    );
    expect(await viewer.ask(EMPTY)).toEqual({ emptyTrash: 10 });
    expect(titles(await list(viewer, { filter: { state: 'TRASHED' } }))).toEqual(['11', '10']);
    expect(await viewer.ask(EMPTY)).toEqual({ emptyTrash: 2 });
  });
});

import { describe, expect, test } from '@jest/globals';
import { givenMember, givenPad } from './operations.ts';
import { type Person, useMemoService } from './service.ts';

const { person } = useMemoService();

const MEMO = `id title body excerpt tasks { index text done } taskCount doneTaskCount tags color pinned
  state trashedAt version createdAt updatedAt author { __typename id } lastEditor { __typename id }`;
const CREATE = `mutation ($input: CreateMemoInput!) { createMemo(input: $input) { ${MEMO} pad { id } } }`;
const READ = `query ($id: ID!) { memo(id: $id) { ${MEMO} pad { id } } }`;
const UPDATE = `mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { ${MEMO} pad { id } } }`;
const BODY = '# 장보기\n\n- [ ] 우유\n- [x] 두부 🥛\n';

interface MemoView {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

async function givenMemo(author: Person, input: object = {}): Promise<MemoView> {
  const variables = { input: { title: '장보기', body: BODY, ...input } };
  return (await author.ask<{ createMemo: MemoView }>(CREATE, variables)).createMemo;
}

describe('a memo', () => {
  test('shows everything it has', async () => {
    const mina = person();
    const memo = await givenMemo(mina, { tags: ['집', 'food'], color: 'GREEN', pinned: true });
    expect(memo).toEqual({
      id: expect.stringMatching(`^${mina.id}\\.[0-9A-Z]{26}$`),
      title: '장보기',
      body: BODY,
      excerpt: expect.stringContaining('우유'),
      tasks: [
        { index: 0, text: '우유', done: false },
        { index: 1, text: '두부 🥛', done: true },
      ],
      taskCount: 2,
      doneTaskCount: 1,
      tags: ['집', 'food'],
      color: 'GREEN',
      pinned: true,
      state: 'ACTIVE',
      trashedAt: null,
      version: 1,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
      author: { __typename: 'User', id: mina.id },
      lastEditor: { __typename: 'User', id: mina.id },
      pad: { id: mina.id },
    });
    expect(await mina.ask(READ, { id: memo.id })).toEqual({ memo });
  });

  test('is changed, ticked, trashed, restored and purged', async () => {
    const [mina, joon] = [person(), person()];
    const { id: padId } = await givenPad(mina);
    await givenMember(mina, padId, joon, 'EDITOR');
    const { id } = await givenMemo(mina, { padId });
    const run = async (person: Person, mutation: string) =>
      (await person.ask<{ done: MemoView }>(`mutation ($id: ID!) { done: ${mutation} }`, { id }))
        .done;
    const shown = '{ title version state doneTaskCount author { id } lastEditor { id } }';
    const people = { author: { id: mina.id }, lastEditor: { id: joon.id } };
    expect(
      await run(
        joon,
        `updateMemo(input: { id: $id, title: "새 제목", expectedVersion: 1 }) ${shown}`,
      ),
    ).toEqual({ title: '새 제목', version: 2, state: 'ACTIVE', doneTaskCount: 1, ...people });
    expect(
      await run(
        joon,
        `setTaskDone(memoId: $id, index: 0, done: true, expectedVersion: 2) ${shown}`,
      ),
    ).toMatchObject({ version: 3, doneTaskCount: 2 });
    expect(await run(joon, `trashMemo(id: $id) ${shown}`)).toMatchObject({ state: 'TRASHED' });
    expect(await run(joon, `restoreMemo(id: $id) ${shown}`)).toMatchObject({ state: 'ACTIVE' });
    expect(await run(joon, 'purgeMemo(id: $id)')).toBe(true);
    expect(await mina.refused(READ, { id })).toMatch(/^NOT_FOUND/);
  });

  test('is made once when its creation is sent again', async () => {
    const mina = person();
    const ulid = '01JZZZZZZZZZZZZZZZZZZZZZZA';
    const memo = await givenMemo(mina, { ulid });
    expect(await givenMemo(mina, { ulid, title: 'Again' })).toEqual(memo);
  });

  test('takes null for left out', async () => {
    const mina = person();
    const nothing = {
      padId: null,
      ulid: null,
      body: null,
      tags: null,
      color: null,
      pinned: null,
      createdAt: null,
    };
    const memo = await givenMemo(mina, nothing);
    expect(memo).toMatchObject({
      body: '',
      tags: [],
      color: 'DEFAULT',
      pinned: false,
      pad: { id: mina.id },
    });
    const nulls = {
      expectedVersion: null,
      title: null,
      body: null,
      tags: null,
      color: null,
      pinned: null,
      state: null,
    };
    expect(await mina.ask(UPDATE, { input: { id: memo.id, ...nulls } })).toEqual({
      updateMemo: memo,
    });
    const list = `query ($padId: ID, $filter: MemoFilter, $first: Int, $after: String) {
      memos(padId: $padId, filter: $filter, first: $first, after: $after) { nodes { id } } }`;
    const wanted = { memos: { nodes: [{ id: memo.id }] } };
    const filter = { state: null, tags: null, pinned: null, hasOpenTasks: null, color: null };
    expect(await mina.ask(list, { padId: null, filter: null, first: null, after: null })).toEqual(
      wanted,
    );
    expect(await mina.ask(list, { filter })).toEqual(wanted);
    expect(await mina.ask('mutation { emptyTrash(padId: null) }')).toEqual({ emptyTrash: 0 });
  });

  test('tells a stale writer what it is now', async () => {
    const mina = person();
    const { id } = await givenMemo(mina);
    await mina.ask(UPDATE, { input: { id, title: 'Second' } });
    const stale = { input: { id, title: 'Third', expectedVersion: 1 } };
    expect(await mina.refused(UPDATE, stale)).toMatch(/^CONFLICT: .* version 2/);
  });

  test('shows the pad it is in, with the viewer’s role', async () => {
    const [mina, joon] = [person(), person()];
    const { id: padId } = await givenPad(mina, '여행');
    await givenMember(mina, padId, joon, 'VIEWER');
    const memo = await givenMemo(mina, { padId });
    const fields = 'pad { id name personal role createdAt members { role } invites { id } }';
    const { memo: read } = await joon.ask<{ memo: { pad: object } }>(
      `query ($id: ID!) { memo(id: $id) { ${fields} } }`,
      { id: memo.id },
    );
    const pad = { id: padId, name: '여행', personal: false, role: 'VIEWER', invites: null };
    const members = [{ role: 'OWNER' }, { role: 'VIEWER' }];
    expect(read.pad).toEqual({ ...pad, members, createdAt: expect.stringMatching(/Z$/) });
  });
});

describe('a list of memos', () => {
  const LISTS = [
    ['nodes', '{ memos { nodes { title FIELD } } }'],
    ['edges', '{ memos { edges { node { title FIELD } } } }'],
    ['a pad', '{ pads { memos { nodes { title FIELD } } } }'],
    [
      'a fragment',
      '{ memos { ...Page } } fragment Page on MemoConnection { nodes { title FIELD } }',
    ],
    ['an alias', '{ all: memos { those: nodes { title field: FIELD } } }'],
  ] as const;

  test.each(LISTS)('holds bodies and tasks under %s', async (_, query) => {
    const mina = person();
    await givenMemo(mina);
    expect(JSON.stringify(await mina.ask(query.replace('FIELD', 'body')))).toContain('두부');
    const tasks = query.replace('FIELD', 'tasks { text }');
    expect(JSON.stringify(await mina.ask(tasks))).toContain('두부 🥛');
  });

  test('holds the same as edges and as nodes, and ends where it says', async () => {
    const mina = person();
    for (const title of ['one', 'two', 'three']) await givenMemo(mina, { title });
    const page = `query ($after: String) { memos(first: 2, after: $after) {
      edges { cursor node { title } } nodes { title } pageInfo { hasNextPage endCursor } } }`;
    const { memos } = await mina.ask<{ memos: Page }>(page);
    expect(memos.nodes.map(({ title }) => title)).toEqual(['three', 'two']);
    expect(memos.edges.map(({ node }) => node)).toEqual(memos.nodes);
    expect(memos.pageInfo).toEqual({ hasNextPage: true, endCursor: memos.edges[1]?.cursor });
    const next = await mina.ask<{ memos: Page }>(page, { after: memos.pageInfo.endCursor });
    expect(next.memos.nodes).toEqual([{ title: 'one' }]);
    expect(next.memos.pageInfo.hasNextPage).toBe(false);
  });

  test('is filtered as it is asked to be', async () => {
    const mina = person();
    await givenMemo(mina, { title: 'red', color: 'RED' });
    await givenMemo(mina, { title: 'plain', body: '' });
    const list = 'query ($filter: MemoFilter) { memos(filter: $filter) { nodes { title } } }';
    const titles = async (filter: object) =>
      (await mina.ask<{ memos: Page }>(list, { filter })).memos.nodes.map(({ title }) => title);
    expect(await titles({ color: 'RED' })).toEqual(['red']);
    expect(await titles({ hasOpenTasks: false })).toEqual(['plain']);
    expect(await titles({ state: 'TRASHED' })).toEqual([]);
  });

  test('names its people for the auth service to resolve', async () => {
    const mina = person();
    await givenMemo(mina);
    const query = '{ memos { nodes { author { __typename id } lastEditor { __typename id } } } }';
    const user = { __typename: 'User', id: mina.id };
    expect(await mina.ask(query)).toEqual({
      memos: { nodes: [{ author: user, lastEditor: user }] },
    });
  });
});

interface Page {
  readonly edges: readonly { cursor: string; node: { title: string } }[];
  readonly nodes: readonly { title: string }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

import { beforeAll, describe, expect, test } from '@jest/globals';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import type { AppSyncPerson } from '#tests/support/appsyncAsker.ts';
import { EMPTY, PURGE, sharedPad } from './memoDocuments.ts';

const app = useAppSyncApi();

const TITLE = '제주도 여행 계획과 준비물';
const BODY = `- [ ] 항공권 예약 확인하기\n- [x] 숙소 예약\n${'바람이 많이 부니 겉옷을 챙긴다. '.repeat(6)}`;
const ORDINARY = { title: TITLE, body: BODY, tags: ['여행', '가족'], color: 'GREEN' };

const CREATE = 'mutation ($input: CreateMemoInput!) { memo: createMemo(input: $input) { id } }';
const UPDATE = 'mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { id } }';
const TRASH = 'mutation ($id: ID!) { trashMemo(id: $id) { id } }';
const RESTORE = 'mutation ($id: ID!) { restoreMemo(id: $id) { id } }';
const TICK = `mutation ($id: ID!) {
  setTaskDone(memoId: $id, index: 0, done: true, expectedVersion: 2) { id }
}`;
const READ = 'query ($id: ID!) { memo(id: $id) { id title body } }';
const list = (selection: string): string =>
  `query ($padId: ID, $filter: MemoFilter) { memos(padId: $padId, filter: $filter) { ${selection} } }`;

/** What the federated door costs is in table/memo/README.md; the personal pad needs no membership. */
describe.each([
  ['the personal pad', 0],
  ['a shared pad', 1],
])('in %s', (_, membership) => {
  let viewer: AppSyncPerson;
  let padId: string;
  beforeAll(async () => {
    viewer = await app.person();
    padId = membership === 0 ? viewer.id : await sharedPad(app, { [viewer.id]: 'OWNER' });
  });
  const make = async (): Promise<string> =>
    (await viewer.ask(CREATE, { input: { ...ORDINARY, padId } })).memo.id;
  const unitsOf = (document: string, variables: object) =>
    app.measure(() => viewer.ask(document, { ...variables }));

  test('making a memo costs 2 write units', async () => {
    const units = await unitsOf(CREATE, { input: { ...ORDINARY, padId } });
    expect(units).toEqual({ read: membership, write: 2 });
  });

  test('making it again costs 1 read unit: AppSync reads what stands in the way', async () => {
    const ulid = (await make()).slice(27);
    const units = await unitsOf(CREATE, { input: { ...ORDINARY, padId, ulid } });
    expect(units).toEqual({ read: membership + 1, write: 0 });
  });

  test('reading a memo costs 1 read unit', async () => {
    expect(await unitsOf(READ, { id: await make() })).toEqual({ read: membership + 1, write: 0 });
  });

  test('every change costs 1 read and 3 write units, one that changes nothing no write', async () => {
    const id = await make();
    const title = { input: { id, title: '부산' } };
    const changes = [
      unitsOf.bind(null, UPDATE, title),
      unitsOf.bind(null, TICK, { id }),
      unitsOf.bind(null, TRASH, { id }),
      unitsOf.bind(null, RESTORE, { id }),
    ];
    for (const change of changes) {
      expect(await change()).toEqual({ read: membership + 1, write: 3 });
    }
    expect(await unitsOf(UPDATE, title)).toEqual({ read: membership + 1, write: 0 });
  });

  test('purging a memo costs 2 write units', async () => {
    expect(await unitsOf(PURGE, { id: await make() })).toEqual({ read: membership, write: 2 });
  });

  test('emptying the trash costs 3 write units a memo: it is one transaction', async () => {
    for (const _ of Array(3)) await viewer.ask(TRASH, { id: await make() });
    expect(await unitsOf(EMPTY, { padId })).toEqual({ read: membership + 2, write: 9 });
    expect(await unitsOf(EMPTY, { padId })).toEqual({ read: membership + 2, write: 0 });
  });

  test('a list of 20 costs 2 read units, with its cursor 1 more, with bodies 1 more a memo', async () => {
    for (const _ of Array(25)) await make();
    const units = (selection: string, more: object = {}) =>
      unitsOf(list(selection), { padId, ...more });
    expect(await units('nodes { id title }')).toEqual({ read: membership + 2, write: 0 });
    expect(await units('nodes { id } changesCursor')).toEqual({ read: membership + 3, write: 0 });
    expect(await units('nodes { id body }')).toEqual({ read: membership + 22, write: 0 });
    const pad = await units('nodes { pad { name } }');
    expect(pad).toEqual({ read: membership + 2 + membership, write: 0 });
  });
});

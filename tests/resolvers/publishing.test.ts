import { expect, test } from '@jest/globals';
import { PUBLISH } from '#live/appsync/publishDocument.ts';
import { useAppSyncApi } from '#tests/support/appsyncApi.ts';
import { EPOCH } from '#tests/support/changes.ts';
import { someUlid } from '#tests/support/memos.ts';

const app = useAppSyncApi();

const END = `mutation ($padId: ID!, $userIds: [ID!]!) { endMemoChanges(padId: $padId, userIds: $userIds) }`;
const some = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
const changeOf = (seq: number, given: object = {}) => ({
  ...{ seq, kind: 'EDITED', memoId: null, padId: null, version: 1, truncated: false },
  ...given,
});
const batchOf = (...changes: object[]) => ({
  batch: { padId: someUlid(), epoch: EPOCH, bare: true, changes },
});

test.each([
  ['101 changes', batchOf(...some(101).map((_, at) => changeOf(at + 1))), /got 101\.$/],
  ['no change', batchOf(), /got 0\.$/],
  ['a kind of change that is none', batchOf(changeOf(1, { kind: 'MOVED' })), /MOVED/],
  ['a number that is none', batchOf(changeOf(1.5)), /1\.5/],
  ['no pad', { batch: { epoch: EPOCH, bare: true, changes: [] } }, /padId/],
])('the live service, too, is refused with %s', async (_what, variables, message) => {
  expect(await app.service.refused(PUBLISH, variables)).toMatch(message);
});

test('memberships end by 5 at once, not by more', async () => {
  const padId = someUlid();
  await app.service.ask(END, { padId, userIds: some(5) });
  expect(await app.service.refused(END, { padId, userIds: some(6) })).toBe(
    'BAD_USER_INPUT: Expected at most 5 users, got 6.',
  );
});

test.each([
  ['a person', () => app.person()],
  ['whoever has the key alone', async () => app.visitor],
] as const)('%s can end nobody’s watching, and publish nothing', async (_who, somebody) => {
  const { refused } = await somebody();
  expect(await refused(END, { padId: someUlid(), userIds: [] })).toMatch(/Not Authorized/);
  expect(await refused(PUBLISH, batchOf(changeOf(1)))).toMatch(/Not Authorized/);
});

import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isoTime } from '#domain/clock.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { toMemberItem, toPadItem } from '#table/memo/padItem.ts';
import type { TestAppSync } from '#tests/support/appsyncApi.ts';
import type { AppSyncPerson } from '#tests/support/appsyncAsker.ts';
import { someUlid } from '#tests/support/memos.ts';

export const MEMO = `id title body excerpt tasks { index text done } taskCount doneTaskCount tags color pinned state
  trashedAt version createdAt updatedAt author { id } lastEditor { id } pad { id }`;

export const CREATE = `mutation ($input: CreateMemoInput!) { memo: createMemo(input: $input) { ${MEMO} } }`;
export const UPDATE = `mutation ($input: UpdateMemoInput!) { memo: updateMemo(input: $input) { ${MEMO} } }`;
export const TICK = `mutation ($memoId: ID!, $index: Int!, $done: Boolean!, $expectedVersion: Int!) {
  memo: setTaskDone(memoId: $memoId, index: $index, done: $done, expectedVersion: $expectedVersion) { ${MEMO} }
}`;
export const TRASH = `mutation ($id: ID!) { memo: trashMemo(id: $id) { ${MEMO} } }`;
export const RESTORE = `mutation ($id: ID!) { memo: restoreMemo(id: $id) { ${MEMO} } }`;
export const PURGE = 'mutation ($id: ID!) { purgeMemo(id: $id) }';
export const EMPTY = 'mutation ($padId: ID) { emptyTrash(padId: $padId) }';
export const READ = `query ($id: ID!) { memo(id: $id) { ${MEMO} } }`;
/** Titles and cursors; with variables for everything that a list takes. */
export const LIST = `query ($padId: ID, $filter: MemoFilter, $first: Int, $after: String) {
  memos(padId: $padId, filter: $filter, first: $first, after: $after) {
    edges { cursor node { title } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const DAY_MS = 24 * 60 * 60 * 1000;
export const NOT_FOUND = 'NOT_FOUND: Expected the id of a memo the viewer may read.';
export const PAD_NOT_FOUND = 'NOT_FOUND: Expected the id of a pad the viewer is a member of.';

/** Writes the rows of a shared pad. */
export async function sharedPad(
  { memoTable, nowMs }: TestAppSync,
  members: Readonly<Record<string, PadRole>>,
): Promise<string> {
  const padId = someUlid();
  const createdAt = isoTime(nowMs);
  const counts = { memberCount: Object.keys(members).length, ownerCount: 1 };
  const rows = [
    toPadItem({ id: padId, name: 'Trip', createdAt, ...counts }),
    ...Object.entries(members).map(([userId, role]) =>
      toMemberItem({ padId, userId }, role, createdAt),
    ),
  ];
  for (const Item of rows) {
    await memoTable.dynamoDb.send(new PutItemCommand({ TableName: memoTable.tableName, Item }));
  }
  return padId;
}

/** What somebody does 30 days ago, with a token of then. */
export async function thirtyDaysAgo<Result>(
  app: TestAppSync,
  { id }: AppSyncPerson,
  action: (viewer: AppSyncPerson) => Promise<Result>,
): Promise<Result> {
  const now = app.nowMs;
  app.nowMs -= 30 * DAY_MS;
  const { token } = await app.issuer.issue({ userId: id, sessionId: someUlid() });
  const result = await action({ id, token, ...app.holder(token) });
  // Each look at the clock takes a millisecond.
  app.nowMs = now + 1000;
  return result;
}

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, test } from '@jest/globals';
import { isoTime } from '#domain/clock.ts';
import { padKey } from '#table/keys.ts';
import { createInviteStore } from '#table/memo/inviteStore.ts';
import { createMemoStore } from '#table/memo/memoStore.ts';
import { createPadRemains, type PadRemains } from '#table/memo/padRemains.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { memoOf } from '#tests/live/stream/records.ts';
import { useTable } from '#tests/support/engine.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';

const table = useTable(MEMO_TABLE);
let remains: PadRemains;
beforeAll(() => {
  remains = createPadRemains(table);
});

const MEMOS = 12;

/** A shared pad with memos and an invite. */
async function givenPad() {
  const [id, ownerId] = [someUlid(), someUlid()];
  const [pads, memos, invites] = [
    createPadStore(table),
    createMemoStore(table),
    createInviteStore(table),
  ];
  const made = { id, name: 'a', createdAt: isoTime(NOW), memberCount: 1, ownerCount: 1 };
  await pads.createPad(made, ownerId);
  for (const _ of Array(MEMOS)) await memos.create(memoOf(id));
  await invites.createInvite({
    ...{ id: someUlid(), padId: id, role: 'VIEWER', expiresAt: isoTime(NOW + 1e9) },
    ...{ createdBy: ownerId, secretHash: 'x' },
  });
  const remove = () =>
    pads.deletePad(id, [{ userId: ownerId, role: 'OWNER', since: made.createdAt }], isoTime(NOW));
  return { id, remove };
}

async function rowsOf(padId: string): Promise<string[]> {
  const { Items = [] } = await table.dynamoDb.send(
    new QueryCommand({
      TableName: table.tableName,
      KeyConditionExpression: 'PK = :pad',
      ExpressionAttributeValues: { ':pad': { S: padKey(padId) } },
    }),
  );
  return Items.map(({ SK }) => SK?.S?.split('#')[0] ?? '');
}

test('what a deleted pad has left is removed, some at a time, but for its tombstone', async () => {
  const { id, remove } = await givenPad();
  await remove();
  expect((await rowsOf(id)).length).toBe(MEMOS + 2);
  expect(await remains.removeSome(id, 10)).toBe('MORE');
  expect((await rowsOf(id)).length).toBe(MEMOS - 8);
  expect(await remains.removeSome(id, 10)).toBe('NONE');
  expect(await rowsOf(id)).toEqual(['PAD']);
  expect(await remains.removeSome(id, 10)).toBe('NONE');
});

test('a pad that is not deleted stays as it is, a personal one too', async () => {
  const { id } = await givenPad();
  const before = await rowsOf(id);
  expect(await remains.removeSome(id, 10)).toBe('NONE');
  expect(await rowsOf(id)).toEqual(before);
  const personal = someUlid();
  await createMemoStore(table).create(memoOf(personal));
  expect(await remains.removeSome(personal, 10)).toBe('NONE');
  expect(await rowsOf(personal)).toEqual(['MEMO']);
});

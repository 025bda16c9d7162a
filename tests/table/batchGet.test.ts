import { expect, test } from '@jest/globals';
import { batchGet } from '#table/batchGet.ts';
import type { DynamoDb } from '#table/dynamoDb.ts';

const KEYS = [{ PK: { S: 'a' } }, { PK: { S: 'b' } }];

/** A table that reads one key a call and leaves the others, or all of them. */
function tableThatReads(perCall: 0 | 1) {
  let calls = 0;
  const send = async ({ input }: { input: { RequestItems: { t: { Keys: object[] } } } }) => {
    calls += 1;
    const { Keys } = input.RequestItems.t;
    const left = Keys.slice(perCall);
    return {
      Responses: { t: Keys.slice(0, perCall) },
      UnprocessedKeys: left.length > 0 ? { t: { Keys: left } } : {},
    };
  };
  return {
    table: { dynamoDb: { send } as unknown as DynamoDb, tableName: 't' },
    calls: () => calls,
  };
}

test('keys that DynamoDB left are asked for again, after a pause', async () => {
  const { table, calls } = tableThatReads(1);
  const pauses: number[] = [];
  const items = await batchGet(table, KEYS, {}, async (count) => void pauses.push(count));
  expect(items).toEqual(KEYS);
  expect([calls(), pauses]).toEqual([2, [1]]);
});

test('a table that never catches up is said to be busy, after five tries', async () => {
  const { table, calls } = tableThatReads(0);
  const reading = batchGet(table, KEYS, {}, async () => {});
  await expect(reading).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    details: { retryAfterSeconds: 1 },
  });
  expect(calls()).toBe(5);
});

test('nothing is asked for no keys', async () => {
  const { table, calls } = tableThatReads(1);
  expect(await batchGet(table, [], {})).toEqual([]);
  expect(calls()).toBe(0);
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EXPIRIES_TABLE } from '#local/cloud/dynamodb/expiries.ts';
import { createStreamReader, type StreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import { sweepTables } from '#local/cloud/dynamodb/sweepTables.ts';
import { localTable, useEngine } from '#tests/support/localTables.ts';

const STREAMED = localTable({ timeToLiveAttribute: 'ttl', streamed: true });
const PLAIN = localTable({
  tableName: 'plain',
  keySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
  attributes: [{ AttributeName: 'PK', AttributeType: 'S' }],
  timeToLiveAttribute: 'until',
});
const FOREVER = localTable({ tableName: 'forever' });
const tables = [STREAMED, PLAIN, FOREVER];
const DYNAMODB = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
const DAY_MS = 24 * 60 * 60 * 1000;

const engine = useEngine(...tables);
let reader: StreamReader;
let position = 'TRIM_HORIZON';
beforeAll(() => {
  reader = createStreamReader({ endpoint: engine.endpoint, tableName: STREAMED.tableName });
});
afterAll(() => reader.close());

const key = (sortKey: string) => ({ PK: { S: 'pad' }, SK: { S: sortKey } });
const put = (sortKey: string, ttl: number, TableName = STREAMED.tableName) =>
  engine.call('PutItem', {
    TableName,
    Item: { ...key(sortKey), ttl: { N: `${ttl}` }, until: { N: `${ttl}` } },
  });
const remove = (sortKey: string) =>
  engine.call('DeleteItem', { TableName: STREAMED.tableName, Key: key(sortKey) });
const count = async (TableName: string) => (await engine.call('Scan', { TableName })).Count;

/** What was deleted since it was asked last, and by whom. */
async function readDeletions() {
  const page = await reader.read(position);
  position = page.position;
  return page.records
    .filter(({ eventName }) => eventName === 'REMOVE')
    .map(({ dynamodb, userIdentity }) => [Object(dynamodb.Keys.SK).S, userIdentity]);
}

const inAMinute = () => Math.floor(Date.now() / 1000) + 60;

test('deletes what has expired in each table, and tells of which', async () => {
  await put('expired', 1);
  await put('lives', inAMinute());
  await put('expired', 1, 'plain');
  await put('expired', 1, 'forever');
  const written: string[] = [];
  const onWrite = (tableName: string) => void written.push(tableName);
  expect(await sweepTables({ endpoint: engine.endpoint, tables, onWrite })).toBe(2);
  expect(written.sort()).toEqual(['memos', 'plain']);
  expect([await count('memos'), await count('plain'), await count('forever')]).toEqual([1, 0, 1]);
  expect(await readDeletions()).toEqual([['expired', DYNAMODB]]);
});

test('deletions by others are not marked, not even of what had expired', async () => {
  await put('expired', 2);
  await put('by us', 2);
  await remove('by us');
  await sweepTables({ endpoint: engine.endpoint, tables });
  await put('expired', inAMinute());
  await remove('expired');
  await remove('lives');
  expect(await readDeletions()).toEqual([
    ['by us', undefined],
    ['expired', DYNAMODB],
    ['expired', undefined],
    ['lives', undefined],
  ]);
});

test('marks outlive whoever made them, and are forgotten after a week', async () => {
  await put('expired', 3);
  await sweepTables({ endpoint: engine.endpoint, tables });
  const { position: before } = await reader.read('TRIM_HORIZON');
  const other = createStreamReader({ endpoint: engine.endpoint, tableName: STREAMED.tableName });
  const again = (await other.read('TRIM_HORIZON')).records;
  other.close();
  expect(again.at(-1)?.dynamodb.SequenceNumber).toBe(before);
  expect(again.filter(({ userIdentity }) => userIdentity)).toHaveLength(3);
  expect(await count(EXPIRIES_TABLE.tableName)).toBe(3);
  const clock = () => Date.now() + 6 * DAY_MS;
  await sweepTables({ endpoint: engine.endpoint, tables: [STREAMED], clock });
  expect(await count(EXPIRIES_TABLE.tableName)).toBe(3);
  const later = () => Date.now() + 8 * DAY_MS;
  await sweepTables({ endpoint: engine.endpoint, tables: [STREAMED], clock: later });
  expect(await count(EXPIRIES_TABLE.tableName)).toBe(0);
});

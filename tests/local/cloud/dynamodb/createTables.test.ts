import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTables } from '#local/cloud/dynamodb/createTables.ts';
import type { CallEngine } from '#local/cloud/dynamodb/engineApi.ts';
import { EXPIRIES_TABLE } from '#local/cloud/dynamodb/expiries.ts';
import { findTable } from '#local/cloud/dynamodb/findTable.ts';
import type { Index, LocalTable } from '#local/cloud/dynamodb/localTable.ts';
import { StartError } from '#local/startError.ts';
import { localTable, useEngine } from '#tests/support/localTables.ts';

const engine = useEngine();
const index = (IndexName: string, hash: string, attributes?: string[]): Index => ({
  IndexName,
  KeySchema: [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: 'place', KeyType: 'RANGE' },
  ],
  Projection: attributes
    ? { ProjectionType: 'INCLUDE', NonKeyAttributes: attributes }
    : { ProjectionType: 'KEYS_ONLY' },
});
const ATTRIBUTES = ['PK', 'SK', 'place', 'member'].map((AttributeName) => ({
  AttributeName,
  AttributeType: 'S',
}));
const FULL = {
  attributes: ATTRIBUTES,
  localIndexes: [index('byPlace', 'PK', ['title', 'tags'])],
  globalIndexes: [index('byMember', 'member')],
  timeToLiveAttribute: 'ttl',
  streamed: true,
};

let number = 0;
let table: (rest?: Partial<LocalTable>) => LocalTable;
beforeEach(() => {
  number += 1;
  const tableName = `table-${number}`;
  table = (rest) => localTable({ tableName, ...rest });
});

const find = () => findTable(engine.call, table().tableName);
const create = (rest?: Partial<LocalTable>) => createTables(engine.call, [table(rest)]);
const put = (Item: object) => engine.call('PutItem', { TableName: table().tableName, Item });

test('a table comes to be as it was told', async () => {
  await create(FULL);
  expect(await find()).toEqual(table(FULL));
});

test('a table with a partition key alone', async () => {
  const keySchema = [{ AttributeName: 'PK', KeyType: 'HASH' as const }];
  const one = { keySchema, attributes: ATTRIBUTES.slice(0, 1) };
  await create(one);
  expect(await find()).toEqual(table(one));
});

test('a table that is there already is left alone, whatever order its attributes are in', async () => {
  await create(FULL);
  await put({ PK: { S: 'pad' }, SK: { S: 'memo' } });
  const changes: string[] = [];
  const watched: CallEngine = (operation, input) => {
    if (!operation.startsWith('Describe')) changes.push(operation);
    return engine.call(operation, input);
  };
  const sameIndexes = { localIndexes: [index('byPlace', 'PK', ['tags', 'title'])] };
  await createTables(watched, [table({ ...FULL, ...sameIndexes })]);
  expect(changes).toEqual([]);
  const { Count } = await engine.call('Scan', { TableName: table().tableName });
  expect(Count).toBe(1);
});

describe('a table that is there is brought to what the template says', () => {
  test('a new index has what was written before', async () => {
    await create({ attributes: ATTRIBUTES.slice(0, 2) });
    const member = { member: { S: 'me' }, place: { S: 'here' } };
    await put({ PK: { S: 'pad' }, SK: { S: 'memo' }, ...member });
    const changed = { attributes: ATTRIBUTES, globalIndexes: [index('byMember', 'member')] };
    await create(changed);
    expect((await find())?.globalIndexes).toEqual(changed.globalIndexes);
    const { Count } = await engine.call('Query', {
      TableName: table().tableName,
      IndexName: 'byMember',
      KeyConditionExpression: '#member = :me',
      ExpressionAttributeNames: { '#member': 'member' },
      ExpressionAttributeValues: { ':me': { S: 'me' } },
    });
    expect(Count).toBe(1);
  });

  test('indexes go, come and change', async () => {
    const globalIndexes = [index('goes', 'member'), index('changes', 'member')];
    await create({ attributes: ATTRIBUTES, globalIndexes });
    const after = [index('changes', 'member', ['title']), index('comes', 'SK')];
    await create({ attributes: ATTRIBUTES, globalIndexes: after });
    expect((await find())?.globalIndexes.map(({ IndexName }) => IndexName).sort()).toEqual([
      'changes',
      'comes',
    ]);
    expect((await find())?.globalIndexes).toEqual(expect.arrayContaining(after));
  });

  test.each([
    ['a stream begins', { streamed: false }, { streamed: true }],
    ['a stream ends', { streamed: true }, { streamed: false }],
    ['items begin to expire', {}, { timeToLiveAttribute: 'ttl' }],
    ['items expire no longer', { timeToLiveAttribute: 'ttl' }, {}],
    ['items expire by another time', { timeToLiveAttribute: 'a' }, { timeToLiveAttribute: 'b' }],
  ])('%s', async (_name, before, after) => {
    await create(before);
    await create(after);
    expect(await find()).toEqual(table(after));
  });
});

describe('what would need a new table is refused, and nothing is lost', () => {
  test.each<[string, Partial<LocalTable>]>([
    ['other keys', { keySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }] }],
    ['a new local index', { localIndexes: [index('byPlace', 'PK')], attributes: ATTRIBUTES }],
  ])('%s', async (_name, change) => {
    await create();
    await put({ PK: { S: 'pad' }, SK: { S: 'memo' } });
    await expect(create(change)).rejects.toThrow(StartError);
    await expect(create(change)).rejects.toThrow(`table-${number} in the data folder`);
    const { Count } = await engine.call('Scan', { TableName: table().tableName });
    expect(Count).toBe(1);
  });
});

test('the table for expiries comes with the first stream whose items expire', async () => {
  // Only an engine of this test's own has none yet.
  const names: unknown[] = [];
  const call: CallEngine = async (operation, input) => {
    if (operation === 'CreateTable') names.push(Object(input).TableName);
    return operation === 'DescribeTable' ? engine.call(operation, { TableName: 'nope' }) : {};
  };
  await createTables(call, [table({ streamed: true }), table({ timeToLiveAttribute: 'ttl' })]);
  expect(names).not.toContain(EXPIRIES_TABLE.tableName);
  await createTables(call, [table({ streamed: true, timeToLiveAttribute: 'ttl' })]);
  expect(names).toContain(EXPIRIES_TABLE.tableName);
});

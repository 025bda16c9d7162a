import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from '#local/appsync/dataSources/dataSource.ts';
import { createDynamoDbSource } from '#local/appsync/dataSources/dynamoDbSource.ts';
import { toMapValues } from '#local/appsync/sandbox/utilities/values.ts';
import { createEngineApi } from '#local/cloud/dynamodb/engineApi.ts';
import { createWireClient, type WireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const table = useTable(MEMO_TABLE);
let source: DataSource;
let wire: WireClient;
const asked: (readonly [operation: string, input: object])[] = [];

beforeAll(() => {
  wire = createWireClient({ endpoint: table.endpoint });
  const send = createEngineApi(wire);
  source = createDynamoDbSource({
    send: (operation, input) => {
      asked.push([operation, input]);
      return send(operation, input);
    },
    tableName: table.tableName,
    region: 'ap-northeast-2',
  });
});
afterAll(() => wire.close());

const key = (name: string) => toMapValues({ PK: 'P#1', SK: name });
const IF_NEW = { expression: 'attribute_not_exists(PK)' };
const ITEM = { title: 'a', count: 1.5, tags: ['x', null], on: true, none: null, map: { b: 2 } };

async function put(name: string, values: object, condition?: object) {
  const attributeValues = toMapValues(values);
  return source.run({ operation: 'PutItem', key: key(name), attributeValues, condition });
}

describe('one item', () => {
  test('is put, and is the result', async () => {
    expect(await put('put', ITEM)).toEqual({ result: { ...ITEM, PK: 'P#1', SK: 'put' } });
  });

  test('is read, with what it was put with', async () => {
    await put('read', ITEM);
    expect(await source.run({ operation: 'GetItem', key: key('read') })).toEqual({
      result: { ...ITEM, PK: 'P#1', SK: 'read' },
    });
  });

  test('is read in part', async () => {
    await put('part', ITEM);
    const projection = { expression: '#m.b, title', expressionNames: { '#m': 'map' } };
    const { result } = await source.run({ operation: 'GetItem', key: key('part'), projection });
    expect(result).toEqual({ title: 'a', map: { b: 2 } });
  });

  test('that is not there is null', async () => {
    expect(await source.run({ operation: 'GetItem', key: key('nobody') })).toEqual({
      result: null,
    });
  });

  test('is updated, and is the result as it is then', async () => {
    await put('update', { count: 1 });
    const update = {
      expression: 'SET #c = #c + :one',
      expressionNames: { '#c': 'count' },
      expressionValues: { ':one': { N: 1 } },
    };
    const { result } = await source.run({ operation: 'UpdateItem', key: key('update'), update });
    expect(result).toEqual({ PK: 'P#1', SK: 'update', count: 2 });
  });

  test('is deleted, and is the result as it was', async () => {
    await put('delete', { count: 1 });
    const request = { operation: 'DeleteItem', key: key('delete') };
    expect((await source.run(request)).result).toMatchObject({ count: 1 });
    expect(await source.run(request)).toEqual({ result: null });
  });

  test('holds sets as lists, and binaries as base64', async () => {
    const attributeValues = { n: { NS: [1, 2] }, s: { SS: ['a'] }, b: { B: 'aGk=' } };
    await source.run({ operation: 'PutItem', key: key('sets'), attributeValues });
    const { result } = await source.run({ operation: 'GetItem', key: key('sets') });
    expect(result).toMatchObject({ n: [1, 2], s: ['a'], b: 'aGk=' });
  });
});

describe('a condition that fails', () => {
  const FAILED = {
    type: 'DynamoDB:ConditionalCheckFailedException',
    message: expect.stringContaining('The conditional request failed'),
  };

  test('gives the item as it is', async () => {
    await put('failed', { title: 'a' });
    expect(await put('failed', { title: 'b' }, IF_NEW)).toEqual({
      result: { PK: 'P#1', SK: 'failed', title: 'a' },
      error: FAILED,
    });
  });

  test('costs a strongly consistent read', async () => {
    await put('cost', { title: 'a' });
    asked.length = 0;
    await put('cost', { title: 'b' }, IF_NEW);
    expect(asked.map(([operation]) => operation)).toEqual(['PutItem', 'GetItem']);
    expect(asked[1]?.[1]).toMatchObject({ ConsistentRead: true });
  });

  test('is none when the item already is what was to be put', async () => {
    await put('equal', { title: 'a', map: { b: 1 } });
    expect(await put('equal', { title: 'a', map: { b: 1 } }, IF_NEW)).toEqual({
      result: { PK: 'P#1', SK: 'equal', title: 'a', map: { b: 1 } },
    });
  });

  test('is none when only ignored attributes differ', async () => {
    await put('ignored', { title: 'a', version: 8 });
    const outcome = await put(
      'ignored',
      { title: 'a', version: 2 },
      { ...IF_NEW, equalsIgnore: ['version'] },
    );
    expect(outcome).toEqual({ result: { PK: 'P#1', SK: 'ignored', title: 'a', version: 8 } });
  });

  test('is none when what was to be deleted is not there', async () => {
    const condition = { expression: 'attribute_exists(PK)' };
    const request = { operation: 'DeleteItem', key: key('gone'), condition };
    expect(await source.run(request)).toEqual({ result: null });
  });

  test('of an update of nothing gives null', async () => {
    const update = { expression: 'SET title = :t', expressionValues: { ':t': { S: 'b' } } };
    const condition = { expression: 'attribute_exists(PK)' };
    const request = { operation: 'UpdateItem', key: key('void'), update, condition };
    expect(await source.run(request)).toEqual({ result: null, error: FAILED });
  });

  test('may be a text, as util.transform gives it', async () => {
    await put('text', { title: 'a' });
    const condition = JSON.stringify(IF_NEW);
    const request = { operation: 'PutItem', key: key('text'), attributeValues: {}, condition };
    expect(await source.run(request)).toMatchObject({ error: FAILED });
  });
});

describe('a query', () => {
  const query = {
    expression: '#p = :p AND begins_with(SK, :q)',
    expressionNames: { '#p': 'PK' },
    expressionValues: { ':p': { S: 'P#1' }, ':q': { S: 'q' } },
  };

  test('gives its pages, one after the other', async () => {
    for (const name of ['q1', 'q2', 'q3']) await put(name, { title: name });
    const first = await source.run({ operation: 'Query', query, limit: 2, consistentRead: true });
    expect(first.result).toMatchObject({ items: [{ SK: 'q1' }, { SK: 'q2' }], scannedCount: 2 });
    const { nextToken } = first.result as { nextToken: string };
    const rest = await source.run({ operation: 'Query', query, limit: 2, nextToken });
    expect(rest.result).toMatchObject({ items: [{ SK: 'q3' }], nextToken: null });
  });

  test('reads backwards, and filters', async () => {
    const filter = { expression: 'title <> :t', expressionValues: { ':t': { S: 'q2' } } };
    const { result } = await source.run({
      operation: 'Query',
      query,
      filter,
      scanIndexForward: false,
    });
    expect(result).toMatchObject({ items: [{ SK: 'q3' }, { SK: 'q1' }], scannedCount: 3 });
  });

  test('refuses a token that is none', async () => {
    const { error } = await source.run({ operation: 'Query', query, nextToken: '?' });
    expect(error).toEqual({ message: 'Invalid pagination token given', type: 'MappingTemplate' });
  });

  test("of DynamoDB's own refusal is an error", async () => {
    const { error } = await source.run({ operation: 'Query', query: { expression: 'nonsense' } });
    expect(error).toMatchObject({ type: 'DynamoDB:ValidationException' });
  });
});

describe('a batch', () => {
  test('is read in the order of its keys, null where nothing is', async () => {
    await put('b1', { title: '1' });
    await put('b2', { title: '2' });
    const keys = ['b2', 'none', 'b1'].map(key);
    const { result } = await source.run({ operation: 'BatchGetItem', tables: { test: { keys } } });
    expect(result).toEqual({
      data: {
        test: [{ PK: 'P#1', SK: 'b2', title: '2' }, null, { PK: 'P#1', SK: 'b1', title: '1' }],
      },
      unprocessedKeys: { test: [] },
    });
  });

  test('is read in part, in the same order, without what was not asked for', async () => {
    const keys = ['b2', 'b1'].map(key);
    const projection = { expression: 'title, SK' };
    const { result } = await source.run({
      operation: 'BatchGetItem',
      tables: { test: { keys, projection, consistentRead: true } },
    });
    expect(result).toMatchObject({
      data: {
        test: [
          { SK: 'b2', title: '2' },
          { SK: 'b1', title: '1' },
        ],
      },
    });
    expect(JSON.stringify(result)).not.toContain('P#1');
  });

  test('is put and deleted', async () => {
    const item = toMapValues({ PK: 'P#1', SK: 'b9', title: '9' });
    expect(
      (await source.run({ operation: 'BatchPutItem', tables: { test: [item] } })).result,
    ).toEqual({
      data: { test: [{ PK: 'P#1', SK: 'b9', title: '9' }] },
      unprocessedItems: { test: [] },
    });
    const deleted = await source.run({
      operation: 'BatchDeleteItem',
      tables: { test: [key('b9')] },
    });
    expect(deleted.result).toEqual({
      data: { test: [{ PK: 'P#1', SK: 'b9' }] },
      unprocessedKeys: { test: [] },
    });
    expect(await source.run({ operation: 'GetItem', key: key('b9') })).toEqual({ result: null });
  });
});

describe('a transaction', () => {
  const write = (name: string, more: object) => ({
    table: 'test',
    operation: 'PutItem',
    key: key(name),
    attributeValues: toMapValues({ title: name }),
    ...more,
  });

  test('writes all, and gives the keys', async () => {
    const transactItems = [
      write('t1', {}),
      { table: 'test', operation: 'ConditionCheck', key: key('nobody'), condition: IF_NEW },
    ];
    expect((await source.run({ operation: 'TransactWriteItems', transactItems })).result).toEqual({
      keys: [
        { PK: 'P#1', SK: 't1' },
        { PK: 'P#1', SK: 'nobody' },
      ],
      cancellationReasons: null,
    });
  });

  test('that is cancelled says why, item by item, and gives the items that failed', async () => {
    await put('t2', { title: 'old' });
    const transactItems = [write('t3', {}), write('t2', { condition: IF_NEW })];
    const outcome = await source.run({ operation: 'TransactWriteItems', transactItems });
    expect(outcome).toEqual({
      result: {
        keys: null,
        cancellationReasons: [
          { type: 'None', message: null },
          {
            type: 'ConditionalCheckFailed',
            message: 'The conditional request failed',
            item: { PK: 'P#1', SK: 't2', title: 'old' },
          },
        ],
      },
      error: { type: 'DynamoDB:TransactionCanceledException', message: expect.any(String) },
    });
    expect(await source.run({ operation: 'GetItem', key: key('t3') })).toEqual({ result: null });
  });

  test('gives no item when it is told so', async () => {
    await put('t4', {});
    const condition = { ...IF_NEW, returnValuesOnConditionCheckFailure: false };
    const transactItems = [write('t4', { condition })];
    const { result } = await source.run({ operation: 'TransactWriteItems', transactItems });
    expect(result).toMatchObject({ cancellationReasons: [{ type: 'ConditionalCheckFailed' }] });
    expect(JSON.stringify(result)).not.toContain('item');
  });

  test('reads items in order, null where nothing is', async () => {
    await put('t5', { title: '5' });
    const transactItems = ['nobody', 't5'].map((name) => ({ table: 'test', key: key(name) }));
    expect((await source.run({ operation: 'TransactGetItems', transactItems })).result).toEqual({
      items: [null, { PK: 'P#1', SK: 't5', title: '5' }],
      cancellationReasons: null,
    });
  });
});

test('a scan is refused: nothing may read a whole table', async () => {
  expect(await source.run({ operation: 'Scan' })).toEqual({
    result: null,
    error: { message: "Unsupported operation 'Scan'.", type: 'MappingTemplate' },
  });
});

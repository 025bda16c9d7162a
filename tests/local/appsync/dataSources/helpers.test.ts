import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from '#local/appsync/dataSources/dataSource.ts';
import { createDynamoDbSource } from '#local/appsync/dataSources/dynamoDbSource.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';
import { createEngineApi } from '#local/cloud/dynamodb/engineApi.ts';
import { createWireClient, type WireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const table = useTable(MEMO_TABLE);
const sandbox = createSandbox({
  clock: Date.now,
  randomBytes: (length) => new Uint8Array(length),
  log: () => {},
});
let source: DataSource;
let wire: WireClient;

beforeAll(async () => {
  wire = createWireClient({ endpoint: table.endpoint });
  const send = createEngineApi(wire);
  source = createDynamoDbSource({ send, tableName: table.tableName, region: 'ap-northeast-2' });
  for (const item of [
    "{ SK: 'a', count: 1, tags: ['x', 'y'], title: 'alpha', deep: { on: true } }",
    "{ SK: 'b', count: 2, tags: ['y'], title: 'beta' }",
    "{ SK: 'c', count: 3, tags: [], title: null }",
  ])
    await run(`ddb.put({ key: { PK: 'P' }, item: ${item} })`);
});
afterAll(() => wire.close());

/** What becomes of a request that AWS's helpers write: their texts were never recorded, their effects count. */
async function run(expression: string): Promise<never> {
  const code = `import * as ddb from '@aws-appsync/utils/dynamodb';
export const request = () => ${expression};`;
  const { value, error } = sandbox.load(code).run('request', {}, '');
  if (error) throw new Error(error.message);
  const outcome = await source.run(value);
  if (outcome.error) return outcome.error.type as never;
  return outcome.result as never;
}

const found = async (more: string) => {
  const { items }: { items: { SK: string }[] } = await run(`ddb.query({ ${more} })`);
  return items.map(({ SK }) => SK).join('');
};

describe('query', () => {
  test.each([
    ['{ PK: { eq: "P" } }', 'abc'],
    ['{ PK: { eq: "P" }, SK: { beginsWith: "b" } }', 'b'],
    ['{ PK: { eq: "P" }, SK: { between: ["a", "b"] } }', 'ab'],
    ['{ PK: { eq: "P" }, SK: { gt: "a" } }', 'bc'],
  ])('%s finds %s', async (query, keys) => {
    expect(await found(`query: ${query}`)).toBe(keys);
  });

  test('takes the other way, a page and no eventual reads', async () => {
    const more = 'scanIndexForward: false, limit: 2, consistentRead: true';
    expect(await found(`query: { PK: { eq: "P" } }, ${more}`)).toBe('cb');
  });

  test.each([
    ['{ count: { in: [1, 3] } }', 'ac'],
    ['{ count: { ne: 2 } }', 'ac'],
    ['{ count: { ge: 2, lt: 3 } }', 'b'],
    ['{ tags: { contains: "x" } }', 'a'],
    ['{ tags: { notContains: "x" } }', 'bc'],
    ['{ title: { attributeType: "_null" } }', 'c'],
    ['{ deep: { attributeExists: true } }', 'a'],
    ['{ deep: { attributeExists: false } }', 'bc'],
    ['{ "deep.on": { eq: true } }', 'a'],
    ['{ or: [{ count: { eq: 1 } }, { count: { eq: 2 } }] }', 'ab'],
    ['{ and: [{ count: { gt: 1 } }, { count: { lt: 3 } }] }', 'b'],
    ['{ not: { count: { eq: 1 } } }', 'bc'],
    [
      '{ count: { gt: 1 }, or: [{ title: { eq: "beta" } }, { not: { title: { eq: "alpha" } } }] }',
      'bc',
    ],
  ])('keeps what %s says: %s', async (filter, keys) => {
    expect(await found(`query: { PK: { eq: "P" } }, filter: ${filter}`)).toBe(keys);
  });
});

describe('update', () => {
  test.each([
    ['{ count: 5 }', { count: 5 }],
    ['{ count: ddb.operations.increment(2) }', { count: 3 }],
    ['{ count: ddb.operations.increment() }', { count: 2 }],
    ['{ count: ddb.operations.decrement(2) }', { count: -1 }],
    ['{ list: ddb.operations.append(["c"]) }', { list: ['a', 'b', 'c'] }],
    ['{ list: ddb.operations.prepend(["c"]) }', { list: ['c', 'a', 'b'] }],
    ['{ list: [ddb.operations.updateListItem("c", 1)] }', { list: ['a', 'c'] }],
    ['{ list: [] }', { list: [] }],
    ['{ map: ddb.operations.replace({ b: 2 }) }', { map: { b: 2 } }],
    ['{ added: ddb.operations.add({ a: [null] }) }', { added: { a: [null] } }],
    ['{ count: null }', { count: null }],
  ])('%s makes %j', async (update, result) => {
    await run(
      `ddb.put({ key: { PK: 'U', SK: 'u' }, item: { count: 1, list: ['a', 'b'], map: { a: 1 } } })`,
    );
    expect(await run(`ddb.update({ key: { PK: 'U', SK: 'u' }, update: ${update} })`)).toMatchObject(
      result,
    );
  });

  test('removes attributes', async () => {
    await run(`ddb.put({ key: { PK: 'U', SK: 'r' }, item: { a: 1, b: 2 } })`);
    const update = '{ a: ddb.operations.remove(), b: 3 }';
    expect(await run(`ddb.update({ key: { PK: 'U', SK: 'r' }, update: ${update} })`)).toEqual({
      PK: 'U',
      SK: 'r',
      b: 3,
    });
  });

  test('is refused by its condition', async () => {
    const condition = '{ SK: { attributeExists: true } }';
    const update = `ddb.update({ key: { PK: 'U', SK: 'none' }, update: { a: 1 }, condition: ${condition} })`;
    expect(await run(update)).toBe('DynamoDB:ConditionalCheckFailedException');
  });
});

describe('the others', () => {
  test('get gives what is projected', async () => {
    const get =
      "ddb.get({ key: { PK: 'P', SK: 'a' }, projection: ['title', 'deep.on', 'tags[0]'] })";
    expect(await run(get)).toEqual({ title: 'alpha', deep: { on: true }, tags: ['x'] });
  });

  test('put is refused by its condition, remove takes away', async () => {
    const put =
      "ddb.put({ key: { PK: 'R', SK: 'r' }, item: { a: 1 }, condition: { a: { attributeExists: false } } })";
    expect(await run(put)).toMatchObject({ a: 1 });
    const other = put.replace('a: 1', 'a: 2');
    expect(await run(other)).toBe('DynamoDB:ConditionalCheckFailedException');
    expect(await run("ddb.remove({ key: { PK: 'R', SK: 'r' } })")).toMatchObject({ a: 1 });
    expect(await run("ddb.get({ key: { PK: 'R', SK: 'r' } })")).toBeNull();
  });

  test('batches put, get and delete', async () => {
    await run("ddb.batchPut({ tables: { test: [{ PK: 'B', SK: '1', a: 1 }] } })");
    const get = "ddb.batchGet({ tables: { test: { keys: [{ PK: 'B', SK: '1' }] } } })";
    expect(await run(get)).toMatchObject({ data: { test: [{ a: 1 }] } });
    await run("ddb.batchDelete({ tables: { test: [{ PK: 'B', SK: '1' }] } })");
    expect(await run(get)).toMatchObject({ data: { test: [null] } });
  });

  test('transactions write and get', async () => {
    await run("ddb.put({ key: { PK: 'T', SK: 'old' }, item: { a: 1 } })");
    const key = (name: string) => `table: 'test', key: { PK: 'T', SK: '${name}' }`;
    const result = await run(`ddb.transactWrite({ items: [
      { putItem: { ${key('new')}, item: { a: 1 }, condition: { a: { attributeExists: false } } } },
      { updateItem: { ${key('made')}, update: { a: 2 } } },
      { deleteItem: { ${key('old')}, condition: { a: { eq: 1 } } } },
      { conditionCheck: { ${key('none')}, condition: { a: { attributeExists: false } } } },
    ] })`);
    expect(result).toMatchObject({ cancellationReasons: null });
    const get = `ddb.transactGet({ items: [{ ${key('new')} }, { ${key('made')} }, { ${key('old')} }] })`;
    expect(await run(get)).toMatchObject({ items: [{ a: 1 }, { a: 2 }, null] });
  });
});

import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type CompactOptions, compactIfLarge } from '#local/cloud/dynamodb/compact.ts';
import { createTables } from '#local/cloud/dynamodb/createTables.ts';
import { type CallEngine, createEngineApi } from '#local/cloud/dynamodb/engineApi.ts';
import { EXPIRIES_TABLE } from '#local/cloud/dynamodb/expiries.ts';
import { findTable } from '#local/cloud/dynamodb/findTable.ts';
import { createStreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import { createWireClient, type WireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { type Engine, startEngine } from '#local/engine.ts';
import { useFolders } from '#tests/support/folder.ts';
import { localTable } from '#tests/support/localTables.ts';

const MEMOS = localTable({
  attributes: ['PK', 'SK', 'member'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  globalIndexes: [
    {
      IndexName: 'byMember',
      KeySchema: [{ AttributeName: 'member', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  streamed: true,
  timeToLiveAttribute: 'ttl',
});
const USERS = localTable({ tableName: 'users' });
const makeFolder = useFolders();

let file: string;
let engine: Engine;
let client: WireClient;
let call: CallEngine;
let said: string[];
const connect = (): void => {
  client?.close();
  client = createWireClient({ endpoint: engine.endpoint });
  call = createEngineApi(client);
};
beforeEach(async () => {
  said = [];
  file = join(makeFolder(), 'memopad.db');
  engine = await startEngine({ file });
  connect();
  await createTables(call, [MEMOS, USERS]);
});
afterEach(async () => {
  client.close();
  await engine.stop();
});

const put = (TableName: string, sortKey: string, rest: object = {}) =>
  call('PutItem', { TableName, Item: { PK: { S: 'pad' }, SK: { S: sortKey }, ...rest } });

async function scan(TableName: string): Promise<string> {
  const items: string[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const { Items, LastEvaluatedKey } = await call('Scan', { TableName, ExclusiveStartKey });
    const sorted = (Items as object[]).map((item) => Object.entries(item).sort());
    items.push(...sorted.map((item) => JSON.stringify(item)));
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items.sort().join('\n');
}

async function compact(rest: Partial<CompactOptions> = {}): Promise<Engine> {
  const before = engine;
  engine = await compactIfLarge({
    file,
    engine,
    restart: () => startEngine({ file }),
    isRead: () => true,
    say: (text) => said.push(text),
    maxRecords: 20,
    ...rest,
  });
  connect();
  return before;
}

async function read(after: string) {
  const reader = createStreamReader({ endpoint: engine.endpoint, tableName: 'memos' });
  const page = await reader.read(after);
  reader.close();
  return page;
}

/** Items of every kind, more of them than one batch or one page has, and a stream that is too long. */
async function fill(): Promise<void> {
  for (let number = 0; number < 30; number += 1) {
    await put('memos', `memo ${number}`, {
      member: { S: 'me' },
      text: { S: '메모 '.repeat(5_000) },
    });
  }
  await put('memos', 'odd', {
    n: { N: '12345678901234567890' },
    b: { B: 'AAE=' },
    s: { SS: ['a'] },
  });
  await put('users', 'user');
}

test('a long history goes, and nothing else', async () => {
  await fill();
  const before = { memos: await scan('memos'), users: await scan('users') };
  const { position } = await read('TRIM_HORIZON');
  const former = await compact();
  expect(engine).not.toBe(former);
  expect(before.memos.split('\n')).toHaveLength(31);
  expect({ memos: await scan('memos'), users: await scan('users') }).toEqual(before);
  expect([await findTable(call, 'memos'), await findTable(call, 'users')]).toEqual([MEMOS, USERS]);
  expect(await findTable(call, EXPIRIES_TABLE.tableName)).toBeUndefined();
  const { Count } = await call('Query', {
    TableName: 'memos',
    IndexName: 'byMember',
    KeyConditionExpression: '#member = :me',
    ExpressionAttributeNames: { '#member': 'member' },
    ExpressionAttributeValues: { ':me': { S: 'me' } },
  });
  expect(Count).toBe(30);
  expect((await read('TRIM_HORIZON')).records).toEqual([]);
  expect(existsSync(`${file}.tmp`)).toBe(false);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(said).toEqual(['Compacting the database …']);
  await createTables(call, [MEMOS, USERS]);
  await put('memos', 'new');
  const after = await read(position);
  expect(after.records.map(({ dynamodb }) => Object(dynamodb.Keys.SK).S)).toEqual(['new']);
  expect(after.position > position).toBe(true);
});

test('a short history stays', async () => {
  await put('memos', 'one');
  const former = await compact();
  expect(engine).toBe(former);
  expect(said).toEqual([]);
  expect((await read('TRIM_HORIZON')).records).toHaveLength(1);
});

test('a history that not everybody has read stays', async () => {
  await fill();
  const { position: end } = await read('LATEST');
  const asked: string[][] = [];
  const isRead = (...args: string[]) => {
    asked.push(args);
    return false;
  };
  const former = await compact({ isRead });
  expect(engine).toBe(former);
  expect(asked).toEqual([['memos', end]]);
  expect((await read('TRIM_HORIZON')).records).toHaveLength(31);
});

test('what an interrupted compaction has left is no obstacle', async () => {
  await fill();
  mkdirSync(`${file}.tmp`);
  writeFileSync(join(`${file}.tmp`, 'copy.db'), 'half of it');
  const former = await compact();
  expect(engine).not.toBe(former);
  expect(existsSync(`${file}.tmp`)).toBe(false);
});

test('when it can’t be done, the database stays as it was', async () => {
  await fill();
  const before = await scan('memos');
  // As if SQLite had not been able to fold its log into the file.
  const { stop } = engine;
  engine = {
    ...engine,
    async stop() {
      await stop();
      writeFileSync(`${file}-wal`, '');
    },
  };
  await compact();
  expect(await scan('memos')).toBe(before);
  expect((await read('TRIM_HORIZON')).records).toHaveLength(31);
  expect(said.at(-1)).toMatch(/^The database stays as it was: Expected .* to be closed\.$/);
});

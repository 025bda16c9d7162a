import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTables, setStream } from '#local/cloud/dynamodb/createTables.ts';
import { createStreamReader, type StreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import { localTable, useEngine } from '#tests/support/localTables.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const engine = useEngine();

let number = 0;
let TableName = '';
let reader: StreamReader;
beforeEach(async () => {
  number += 1;
  TableName = `table-${number}`;
  await createTables(engine.call, [localTable({ tableName: TableName, streamed: true })]);
  reader = createStreamReader({ endpoint: engine.endpoint, tableName: TableName });
});
afterEach(() => reader.close());

const key = (sortKey: string) => ({ PK: { S: 'pad' }, SK: { S: sortKey } });
const put = (sortKey: string, rest: object = {}) =>
  engine.call('PutItem', { TableName, Item: { ...key(sortKey), ...rest } });
const readAll = async () => (await reader.read('TRIM_HORIZON')).records;

test('records as functions get them', async () => {
  await put('memo', { count: { N: '1' }, bytes: { B: 'AAE=' } });
  await put('memo', { count: { N: '2' } });
  await engine.call('DeleteItem', { TableName, Key: key('memo') });
  const records = await readAll();
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(records[0]).toEqual({
    eventID: expect.stringMatching(/^[\da-f]{32}$/),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'ap-northeast-2',
    eventSourceARN: `arn:aws:dynamodb:ap-northeast-2:000000000000:table/${TableName}/stream/local`,
    dynamodb: {
      ApproximateCreationDateTime: expect.any(Number),
      Keys: key('memo'),
      NewImage: { ...key('memo'), count: { N: '1' }, bytes: { B: 'AAE=' } },
      SequenceNumber: expect.stringMatching(/^\d{21}$/),
      SizeBytes: expect.any(Number),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });
  expect(records[1]?.dynamodb).toMatchObject({
    OldImage: { count: { N: '1' } },
    NewImage: { count: { N: '2' } },
  });
  expect(records[2]?.dynamodb.NewImage).toBeUndefined();
  expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
});

describe('reads on from where it was', () => {
  test('page after page, in order, none twice and none left out', async () => {
    for (let count = 0; count < 250; count += 1) await put('memo', { count: { N: `${count}` } });
    const counts: unknown[] = [];
    const sequence: string[] = [];
    const ends: boolean[] = [];
    let position = 'TRIM_HORIZON';
    for (let pages = 0; pages < 4; pages += 1) {
      const page = await reader.read(position);
      ends.push(page.isLast);
      counts.push(...page.records.map(({ dynamodb }) => Object(dynamodb.NewImage?.count).N));
      sequence.push(...page.records.map(({ dynamodb }) => dynamodb.SequenceNumber));
      position = page.position;
    }
    expect(counts).toEqual(Array.from({ length: 250 }, (_, count) => `${count}`));
    // The engine's own are 1, 2, … 10, which don't sort as text.
    expect(sequence).toEqual([...sequence].sort());
    expect(position).toBe(sequence.at(-1));
    expect(ends).toEqual([false, false, true, true]);
    expect(await reader.read(position)).toEqual({ records: [], position, isLast: true });
  });

  test('by another reader, as after a restart', async () => {
    await put('one');
    const { position } = await reader.read('TRIM_HORIZON');
    await put('two');
    const other = createStreamReader({ endpoint: engine.endpoint, tableName: TableName });
    const { records } = await other.read(position);
    other.close();
    expect(records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([key('two')]);
  });

  test('after a record, by its sequence number', async () => {
    await put('one');
    await put('two');
    const [first] = await readAll();
    const { records } = await reader.read(String(first?.dynamodb.SequenceNumber));
    expect(records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([key('two')]);
  });

  test('from the beginning of an empty stream', async () => {
    const { records, position } = await reader.read('TRIM_HORIZON');
    expect(records).toEqual([]);
    await put('one');
    expect((await reader.read(position)).records).toHaveLength(1);
  });

  test('from now on', async () => {
    // More than nine: the range of numbers that the engine tells compares them as texts.
    for (let count = 0; count < 12; count += 1) await put(`old ${count}`);
    const { records, position } = await reader.read('LATEST');
    expect(records).toEqual([]);
    await put('new');
    const after = await reader.read(position);
    expect(after.records.map(({ dynamodb }) => dynamodb.Keys)).toEqual([key('new')]);
  });

  test('from the beginning, when the position is one of a former stream', async () => {
    await put('one');
    const former = `1700000000000${'9'.repeat(8)}`;
    const { records, position } = await reader.read(former);
    expect(records).toHaveLength(1);
    expect(position > former).toBe(true);
  });

  test.each(['', '1', 'latest', '-00000000000000000001'])('but from no %j', async (position) => {
    await expect(reader.read(position)).rejects.toThrow('Expected a position of 21 digits');
  });
});

describe('absorbs what the engine does in another way', () => {
  test('records of writes that have changed nothing', async () => {
    const item = {
      count: { N: '1' },
      tags: { SS: ['a', 'b'] },
      nested: { M: { numbers: { NS: ['1', '2'] }, list: { L: [{ S: 'a' }, { S: 'b' }] } } },
    };
    await put('memo', item);
    await put('memo', item);
    await put('memo', { ...item, count: { N: '1.0' } });
    await put('memo', { ...item, tags: { SS: ['b', 'a'] } });
    const NS = ['2', '1'];
    await put('memo', { ...item, nested: { M: { ...item.nested.M, numbers: { NS } } } });
    await engine.call('UpdateItem', {
      TableName,
      Key: key('memo'),
      UpdateExpression: 'REMOVE nothing SET tags = tags',
    });
    const Put = { TableName, Item: { ...key('memo'), ...item } };
    await engine.call('TransactWriteItems', { TransactItems: [{ Put }] });
    const { records, position } = await reader.read('TRIM_HORIZON');
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT']);
    expect(position > String(records[0]?.dynamodb.SequenceNumber)).toBe(true);
  });

  test('but not records of writes that have', async () => {
    await put('memo', { list: { L: [{ S: 'a' }, { S: 'b' }] }, SS: { S: 'a' } });
    await put('memo', { list: { L: [{ S: 'b' }, { S: 'a' }] }, SS: { S: 'a' } });
    await put('memo', { list: { L: [{ S: 'b' }, { S: 'a' }] }, SS: { SS: ['a'] } });
    await put('memo', { list: { L: [{ S: 'b' }, { S: 'a' }] }, SS: { SS: ['a', 'b'] } });
    expect(await readAll()).toHaveLength(4);
  });

  test('a page of nothing but such records moves on', async () => {
    await put('memo');
    for (let times = 0; times < 120; times += 1) await put('memo');
    await put('last');
    const first = await reader.read('TRIM_HORIZON');
    const second = await reader.read(first.position);
    expect([...first.records, ...second.records].map(({ dynamodb }) => dynamodb.Keys)).toEqual([
      key('memo'),
      key('last'),
    ]);
  });
});

test('a table without a stream is told', async () => {
  await setStream(engine.call, TableName, false);
  await expect(reader.read('TRIM_HORIZON')).rejects.toThrow(
    `Expected ${TableName} to have a stream`,
  );
  await setStream(engine.call, TableName, true);
  expect((await reader.read('TRIM_HORIZON')).records).toEqual([]);
});

test('a stream that begins again has nothing of what was there before', async () => {
  const call = engine.call;
  await put('before');
  await setStream(call, TableName, false);
  // Streams and records are dated in whole seconds.
  const second = () => Math.floor(Date.now() / 1000);
  const before = second();
  await waitFor('the next second', () => second() > before);
  await setStream(call, TableName, true);
  await put('after');
  expect((await readAll()).map(({ dynamodb }) => dynamodb.Keys)).toEqual([key('after')]);
});

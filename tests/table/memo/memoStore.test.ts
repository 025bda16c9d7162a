import { BatchGetItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { isoTime } from '#domain/clock.ts';
import { createMemo } from '#domain/memo/createMemo.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import type { DynamoDb } from '#table/dynamoDb.ts';
import { padKey } from '#table/keys.ts';
import { memoItemKey } from '#table/memo/memoItem.ts';
import { createMemoStore } from '#table/memo/memoStore.ts';
import { BY_CHANGE } from '#table/tables.ts';
import { DAY_MS, errorOf, NOW, someUlid, someViewer, useMemos } from '#tests/support/memos.ts';

const { table, ports } = useMemos();
const viewer = someViewer();

const someMemo = (given = {}): Promise<Memo> =>
  createMemo(ports, viewer, { title: 'a', body: '- [x] b', tags: ['c'], color: 'RED', ...given });

async function itemOf(memo: Memo) {
  const { Item } = await table.dynamoDb.send(
    new GetItemCommand({ TableName: table.tableName, Key: memoItemKey(memo) }),
  );
  return Item;
}

/** A client that first answers some commands in its own way. */
function answering(first: (command: object) => object | undefined): DynamoDb {
  const send = async (command: never) => first(command) ?? table.dynamoDb.send(command);
  return { send } as unknown as DynamoDb;
}

describe('a purged memo', () => {
  test('leaves a tombstone: one version further, without content, for 90 days, in no index', async () => {
    const memo = await someMemo({ pinned: true, createdAt: isoTime(0) });
    const trashed = await trashMemo(ports, viewer, memo.id);
    await purgeMemo(ports, viewer, memo.id);
    expect(await itemOf(memo)).toEqual({
      ...memoItemKey(memo),
      version: { N: String(trashed.version + 1) },
      purged: { BOOL: true },
      ttl: { N: String((NOW + 90 * DAY_MS) / 1000) },
    });
    const { Items } = await table.dynamoDb.send(
      new QueryCommand({
        TableName: table.tableName,
        IndexName: BY_CHANGE,
        KeyConditionExpression: 'PK = :pad',
        ExpressionAttributeValues: { ':pad': { S: padKey(viewer.userId) } },
      }),
    );
    expect(Items?.map(({ SK }) => SK)).not.toContainEqual(memoItemKey(memo).SK);
  });

  test('can not be written over, buried again or read', async () => {
    const memo = await someMemo();
    await purgeMemo(ports, viewer, memo.id);
    const tombstone = await itemOf(memo);
    const { memos } = ports;
    expect(await memos.create(memo)).toEqual({ outcome: 'PURGED' });
    expect(await memos.replace({ ...memo, version: 2 }, 1)).toEqual({
      outcome: 'OVERTAKEN',
      memo: null,
    });
    const burial = { ...memo, version: undefined, expiredSince: isoTime(0), tombstoneEnds: 1 };
    expect(await memos.bury(burial)).toBe(false);
    expect(await memos.read(memo)).toBeNull();
    expect(await itemOf(memo)).toEqual(tombstone);
  });
});

describe('bury', () => {
  test('buries only the version it is told, and nothing where nothing is', async () => {
    const memo = await someMemo();
    const burial = { ...memo, expiredSince: isoTime(0), tombstoneEnds: 1 };
    expect(await ports.memos.bury({ ...burial, version: 2 })).toBe(false);
    expect(await ports.memos.bury({ ...burial, ulid: someUlid() })).toBe(false);
    expect(await ports.memos.read(memo)).toEqual(memo);
    expect(await ports.memos.bury({ ...burial, version: 1 })).toBe(true);
  });
});

describe('replace', () => {
  test('brings what another wrote', async () => {
    const memo = await someMemo();
    const theirs = { ...memo, title: 'theirs', version: 2 };
    expect(await ports.memos.replace(theirs, 1)).toEqual({ outcome: 'WRITTEN' });
    const mine = { ...memo, title: 'mine', version: 2 };
    expect(await ports.memos.replace(mine, 1)).toEqual({ outcome: 'OVERTAKEN', memo: theirs });
  });

  test('does not make a memo that is gone', async () => {
    const memo = { ...(await someMemo()), ulid: someUlid() };
    const overtaken = { outcome: 'OVERTAKEN', memo: null };
    expect(await ports.memos.replace(memo, 1)).toEqual(overtaken);
  });
});

describe('readMany', () => {
  test('reads memos of any pads in the order asked for, null for what is not there', async () => {
    const memos = await Promise.all([someMemo(), someMemo(), someMemo()]);
    await purgeMemo(ports, viewer, memos[1]!.id);
    const joon = someViewer();
    const joons = await createMemo(ports, joon, { title: 'b' });
    const missing = { padId: viewer.userId, ulid: someUlid() };
    const read = await ports.memos.readMany([...memos, missing, joons, memos[0]!]);
    expect(read).toEqual([memos[0], null, memos[2], null, joons, memos[0]]);
    const elsewhere = memos.map(({ ulid }) => ({ padId: joon.userId, ulid }));
    expect(await ports.memos.readMany(elsewhere)).toEqual([null, null, null]);
  });

  test('asks again for what DynamoDB left unread', async () => {
    const memos = await Promise.all([someMemo(), someMemo()]);
    const [left] = memos.map(memoItemKey);
    let asked = 0;
    const dynamoDb = answering((command) => {
      if (!(command instanceof BatchGetItemCommand) || asked++ > 1) return undefined;
      return {
        Responses: {},
        UnprocessedKeys: { [table.tableName]: { Keys: [left, memoItemKey(memos[1]!)] } },
      };
    });
    const pauses: number[] = [];
    const store = createMemoStore({ ...table, dynamoDb }, async (count) => void pauses.push(count));
    expect(await store.readMany(memos)).toEqual(memos);
    expect(pauses).toEqual([1, 2]);
  });
});

describe('an error of DynamoDB', () => {
  const failing = (name: string) => {
    const dynamoDb = answering(() => {
      throw Object.assign(new Error('told by DynamoDB'), { name });
    });
    return createMemoStore({ ...table, dynamoDb });
  };

  test.each([
    ['ProvisionedThroughputExceededException', 'RATE_LIMITED'],
    ['ThrottlingException', 'RATE_LIMITED'],
    ['RequestLimitExceeded', 'RATE_LIMITED'],
    ['ItemCollectionSizeLimitExceededException', 'PAYLOAD_TOO_LARGE'],
  ])('%s becomes %s', async (name, code) => {
    const memo = await someMemo();
    const store = failing(name);
    for (const action of [store.read(memo), store.create(memo), store.readMany([memo])]) {
      const error = await errorOf(action);
      expect(error).toMatchObject({ code, cause: { name } });
      expect(error.message).not.toContain('told by DynamoDB');
    }
  });

  test('that a caller can do nothing about stays what it is', async () => {
    await expect(failing('InternalServerError').read(await someMemo())).rejects.toThrow(
      'told by DynamoDB',
    );
  });
});

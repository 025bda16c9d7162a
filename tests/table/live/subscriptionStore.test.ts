import { beforeAll, describe, expect, test } from '@jest/globals';
import { epochSeconds } from '#domain/clock.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { queryAll } from '#table/live/readItems.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import type { Subscription, SubscriptionStore } from '#table/live/subscriptions.ts';
import { watchersKey } from '#table/live/watchersKey.ts';
import { LIVE_TABLE } from '#table/tables.ts';
import { leaveMarks } from '#tests/live/marks.ts';
import { changeAt } from '#tests/support/changes.ts';
import { useTable } from '#tests/support/engine.ts';
import { losingAnswers } from '#tests/support/losingAnswers.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';

const table = useTable(LIVE_TABLE);
let now = NOW;
let store: SubscriptionStore;
let log: ReturnType<typeof createChangeLog>;

beforeAll(() => {
  store = createSubscriptionStore(table, () => now);
  log = createChangeLog(table, () => now);
});

let connections = 0;
function someConnection(): string {
  connections += 1;
  return `L0SM9cOFvHcC${String(connections).padStart(3, '0')}=`;
}

function someSubscription(given: Partial<Subscription> = {}): Subscription {
  return {
    padId: someUlid(),
    connectionId: someConnection(),
    operationId: 'an id with # and "quotes"',
    documentHash: 'docHash1',
    expiresAt: epochSeconds(NOW) + 900,
    ...given,
  };
}

const operationsOf = async ({ connectionId }: Subscription) =>
  (await store.listOfConnection(connectionId)).map(({ operationId }) => operationId);

test('a subscription is seen by drains once it is live', async () => {
  const subscription = someSubscription();
  expect(await store.startCatchingUp(subscription)).toBe('STARTED');
  expect(await store.listLive(subscription.padId)).toEqual([]);
  expect(await store.goLive(subscription, 1)).toBe('LIVE');
  expect(await store.listLive(subscription.padId)).toEqual([{ ...subscription, fromSeq: 1 }]);
  expect(await store.goLive(subscription, 1)).toBe('GONE');
});

test('it can not go live from a change that the log holds', async () => {
  const subscription = someSubscription();
  await store.startCatchingUp(subscription);
  await log.append(changeAt(subscription.padId, 1));
  expect(await store.goLive(subscription, 1)).toBe('MORE');
  expect(await store.goLive(subscription, 2)).toBe('LIVE');
});

test('it goes live with overlap whatever the log holds', async () => {
  const subscription = someSubscription();
  await store.startCatchingUp(subscription);
  await log.append(changeAt(subscription.padId, 1));
  expect(await store.goLiveWithOverlap(subscription, 1)).toBe('LIVE');
  expect(await store.goLiveWithOverlap(subscription, 1)).toBe('GONE');
});

describe('a complete', () => {
  test('removes the subscription', async () => {
    const subscription = someSubscription();
    await store.startCatchingUp(subscription);
    await store.goLive(subscription, 1);
    await store.complete(subscription);
    expect(await store.listLive(subscription.padId)).toEqual([]);
    expect(await operationsOf(subscription)).toEqual([]);
  });

  test('keeps one that is catching up from going live', async () => {
    const subscription = someSubscription();
    await store.startCatchingUp(subscription);
    await store.complete(subscription);
    expect(await store.goLive(subscription, 1)).toBe('GONE');
  });

  test('that overtakes its subscribe keeps it from beginning, once', async () => {
    const subscription = someSubscription();
    await store.complete(subscription);
    await store.complete(subscription);
    expect(await operationsOf(subscription)).toEqual([]);
    expect(await store.startCatchingUp(subscription)).toBe('COMPLETED');
    expect(await store.goLive(subscription, 1)).toBe('GONE');
    expect(await store.startCatchingUp(subscription)).toBe('STARTED');
  });

  test('of long ago keeps nothing from beginning', async () => {
    const subscription = someSubscription();
    await store.complete(subscription);
    now += 61_000;
    expect(await store.startCatchingUp(subscription)).toBe('STARTED');
    now = NOW;
  });

  test('that meets its subscribe leaves no watcher behind', async () => {
    for (const _ of Array(20)) {
      const subscription = someSubscription();
      const [outcome] = await Promise.all([
        store.startCatchingUp(subscription),
        store.complete(subscription),
      ]);
      expect(await store.goLive(subscription, 1)).toBe('GONE');
      expect(['STARTED', 'COMPLETED']).toContain(outcome);
      expect(await operationsOf(subscription)).toEqual([]);
    }
  });
});

test('an operation id is used once at a time, in whatever pads', async () => {
  const subscription = someSubscription();
  const inAnotherPad = { ...subscription, padId: someUlid() };
  expect(await store.startCatchingUp(subscription)).toBe('STARTED');
  expect(await store.startCatchingUp(subscription)).toBe('DUPLICATE');
  expect(await store.startCatchingUp(inAnotherPad)).toBe('DUPLICATE');
  expect(await store.goLive(inAnotherPad, 1)).toBe('GONE');
  expect(await store.goLive(subscription, 1)).toBe('LIVE');
  await store.remove(subscription);
  expect(await store.startCatchingUp(inAnotherPad)).toBe('STARTED');
});

test('a connection is initialised once, and known with its user until it is removed', async () => {
  const connection = {
    ...{ connectionId: someConnection(), userId: someUlid() },
    ...{ tokenEndsAt: epochSeconds(NOW) + 900, forgetAt: epochSeconds(NOW) + 7800 },
  };
  const { connectionId, userId } = connection;
  const both = await Promise.all([1, 2].map(() => store.initialise(connection)));
  expect(both.sort()).toEqual([false, true]);
  expect(await store.connection(connectionId)).toEqual(connection);
  const stranger = someConnection();
  const users = await store.usersOf([connectionId, stranger, connectionId]);
  expect([...users]).toEqual([[connectionId, userId]]);
  await store.removeConnection(connectionId);
  expect(await store.connection(connectionId)).toBeNull();
});

test('with a connection go all its subscriptions, and nobody else’s', async () => {
  const first = someSubscription();
  const second = { ...someSubscription(), connectionId: first.connectionId, operationId: '2' };
  const other = someSubscription({ padId: first.padId });
  for (const subscription of [first, second, other]) {
    await store.startCatchingUp(subscription);
    await store.goLive(subscription, 1);
  }
  await store.removeConnection(first.connectionId);
  expect(await store.listLive(first.padId)).toEqual([{ ...other, fromSeq: 1 }]);
  expect(await store.listLive(second.padId)).toEqual([]);
  expect(await operationsOf(first)).toEqual([]);
});

describe('more rows than a connection has use for', () => {
  test('are refused, and removed with it, marks included', async () => {
    const first = someSubscription();
    const { connectionId } = first;
    await store.initialise({ connectionId, userId: someUlid(), tokenEndsAt: 4e9, forgetAt: 4e9 });
    await store.startCatchingUp(first);
    await leaveMarks(table, connectionId, 297);
    await store.complete({ connectionId, operationId: 'the last' });
    expect(await operationsOf(first)).toEqual([first.operationId]);
    const oneMore = { connectionId, operationId: 'one more' };
    await expect(store.complete(oneMore)).rejects.toThrow('at most 300');
    await expect(store.listOfConnection(connectionId)).rejects.toThrow('at most 300');
    await store.removeConnection(connectionId);
    expect(await queryAll(table, `C#${connectionId}`)).toEqual([]);
    expect(await store.startCatchingUp(first)).toBe('STARTED');
  });

  test('are not all read', async () => {
    const connectionId = someConnection();
    const ids = Array.from({ length: 7 }, (_, index) => `${index}`);
    for (const operationId of ids) await store.complete({ connectionId, operationId });
    expect(await queryAll(table, `C#${connectionId}`, 5)).toHaveLength(5);
    expect(await queryAll(table, `C#${connectionId}`)).toHaveLength(7);
  });
});

test('an ended subscription is no watcher any more, even if its other row can’t be removed', async () => {
  const subscription = someSubscription();
  await store.startCatchingUp(subscription);
  await store.goLive(subscription, 1);
  let deletions = 0;
  const send = (...given: Parameters<typeof table.dynamoDb.send>) => {
    deletions += 1;
    if (deletions > 1) throw new Error('no table');
    return table.dynamoDb.send(...given);
  };
  const failing = createSubscriptionStore({
    ...table,
    dynamoDb: { send } as typeof table.dynamoDb,
  });
  await expect(failing.remove(subscription)).rejects.toThrow('no table');
  expect(await store.listLive(subscription.padId)).toEqual([]);
});

test('a subscription whose second row can’t be written leaves no first one, and may begin again', async () => {
  const subscription = someSubscription();
  const send = async (...given: Parameters<typeof table.dynamoDb.send>) => {
    const [{ input }] = given as unknown as [{ input: { Item?: { PK: { S: string } } } }];
    if (input.Item?.PK.S.startsWith('C#')) throw new Error('no table');
    return table.dynamoDb.send(...given);
  };
  const dynamoDb = { send } as typeof table.dynamoDb;
  const failing = createSubscriptionStore({ ...table, dynamoDb }, () => now);
  await expect(failing.startCatchingUp(subscription)).rejects.toThrow('no table');
  expect(await queryAll(table, watchersKey(subscription.padId))).toEqual([]);
  expect(await store.startCatchingUp(subscription)).toBe('STARTED');
});

describe('when the first answer to a write got lost', () => {
  test('a connection is initialised all the same, once', async () => {
    const lossy = createSubscriptionStore(losingAnswers(table), () => now);
    const connection = {
      ...{ connectionId: someConnection(), userId: someUlid() },
      ...{ tokenEndsAt: epochSeconds(NOW) + 900, forgetAt: epochSeconds(NOW) + 7800 },
    };
    expect(await lossy.initialise(connection)).toBe(true);
    expect(await store.connection(connection.connectionId)).toEqual(connection);
    expect(await lossy.initialise({ ...connection, userId: someUlid() })).toBe(false);
  });

  test('a complete leaves no watcher behind, which would be posted to until its token ends', async () => {
    const lossy = createSubscriptionStore(losingAnswers(table), () => now);
    const subscription = someSubscription();
    await store.startCatchingUp(subscription);
    await store.goLive(subscription, 1);
    await lossy.complete(subscription);
    expect(await store.listLive(subscription.padId)).toEqual([]);
    expect(await queryAll(table, `C#${subscription.connectionId}`)).toEqual([]);
  });

  test('a subscription goes live with overlap all the same, once', async () => {
    const lossy = createSubscriptionStore(losingAnswers(table), () => now);
    const subscription = someSubscription();
    await store.startCatchingUp(subscription);
    expect(await lossy.goLiveWithOverlap(subscription, 2)).toBe('LIVE');
    expect(await store.listLive(subscription.padId)).toEqual([{ ...subscription, fromSeq: 2 }]);
    expect(await lossy.goLiveWithOverlap(subscription, 3)).toBe('GONE');
    expect(await lossy.goLiveWithOverlap(someSubscription(), 1)).toBe('GONE');
  });
});

test('a document is kept as it is, and no other under its hash', async () => {
  const hash = someUlid();
  const document = { hash, query: '{ memoChanges }', variables: { padId: 'p', list: [1, null] } };
  await store.keepDocument(document);
  await store.keepDocument(document);
  expect(await store.document(hash)).toEqual(document);
  expect(await store.document('unknown')).toBeNull();
  const other = { ...document, query: '{ another }' };
  await expect(store.keepDocument(other)).rejects.toThrow('a hash of its own');
  expect(await store.document(hash)).toEqual(document);
});

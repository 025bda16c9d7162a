import { type Clock, epochSeconds } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import type { Table } from '#table/dynamoDb.ts';
import { connectionKey, ONLY } from './keys.ts';
import { queryAll, readItem } from './readItems.ts';
import type { Rows } from './rows.ts';
import {
  connectionItemKey,
  type Item,
  OPERATION_PREFIX,
  operationItemKey,
  toWatcherItem,
  watcherItemKey,
} from './subscriptionItem.ts';
import type {
  OperationKey,
  StartOutcome,
  Subscription,
  SubscriptionKey,
  SubscriptionStore,
} from './subscriptions.ts';

type Operations = Pick<
  SubscriptionStore,
  'startCatchingUp' | 'listOfConnection' | 'complete' | 'remove' | 'removeConnection'
>;

/** How long a `complete` waits for its `subscribe`: API Gateway hands over messages of one socket at the same time. */
const OVERTAKING_SECONDS = 60;
/** A `complete` and a `subscribe` that meet take turns; the second turn is the last. */
const MAX_TURNS = 3;

/**
 * What a connection may have of rows: of an ordinary one hardly any are marks. A mark that has ended
 * is there until the table gets round to deleting it.
 */
const MAX_ROWS = 300;
const REMOVED_AT_ONCE = 25;

/**
 * Each subscription has two rows: among its pad's watchers, and among its connection's operations,
 * where it is found by whoever knows the connection alone. The watcher is written first, the operation
 * decides: a `complete` that is here before its `subscribe` leaves a mark there.
 */
export function createOperations(table: Table, clock: Clock, rows: Rows): Operations {
  return {
    startCatchingUp: (subscription) => start(subscription, rows),
    listOfConnection: (connectionId) => list(table, connectionId),
    remove: (key) => remove(key, key.padId, rows),
    async complete(operation) {
      const endsAt = epochSeconds(clock()) + OVERTAKING_SECONDS;
      const outcome = await complete(table, operation, endsAt, rows);
      if (outcome === 'MARKED') await list(table, operation.connectionId);
    },
    async removeConnection(connectionId) {
      await removeOperations(table, connectionId, rows);
      // Last, so that it is found as long as anything of it is there.
      await rows.drop(connectionItemKey(connectionId));
    },
  };
}

async function start(subscription: Subscription, { drop, putNew }: Rows): Promise<StartOutcome> {
  if (await putNew(toWatcherItem(subscription))) return 'DUPLICATE';
  const key = operationItemKey(subscription);
  const { padId, expiresAt } = subscription;
  const inTheWay = await putNew({ ...key, pad: { S: padId }, t: { N: String(expiresAt) } }).catch(
    (error: unknown) => withoutWatcher(error, subscription, drop),
  );
  if (!inTheWay) return 'STARTED';
  await drop(watcherItemKey(subscription));
  if (inTheWay.pad) return 'DUPLICATE';
  await drop(key);
  return 'COMPLETED';
}

/** A watcher whose other row is missing would be found by nobody who looks for what its connection has. */
async function withoutWatcher(
  error: unknown,
  subscription: Subscription,
  drop: Rows['drop'],
): Promise<never> {
  await drop(watcherItemKey(subscription)).catch(() => undefined);
  throw error;
}

/**
 * The rows are read before they are deleted: of a deletion whose answer got lost, and that was sent
 * again, nobody learns which pad's watcher is to go, too.
 */
async function complete(
  table: Table,
  operation: OperationKey,
  endsAt: number,
  rows: Rows,
): Promise<'ENDED' | 'MARKED'> {
  const key = operationItemKey(operation);
  for (let turn = 1; turn <= MAX_TURNS; turn += 1) {
    const padId = (await readItem(table, key))?.pad?.S;
    if (padId !== undefined) {
      await remove(operation, padId, rows);
      return 'ENDED';
    }
    const inTheWay = await rows.putNew({ ...key, t: { N: String(endsAt) } });
    if (!inTheWay?.pad) return 'MARKED';
  }
  return 'ENDED';
}

/** Those of a connection, and its marks. */
async function removeOperations(table: Table, connectionId: string, rows: Rows): Promise<void> {
  let items: readonly Item[];
  do {
    items = await queryAll(table, connectionKey(connectionId), REMOVED_AT_ONCE);
    const operations = items.filter(({ SK }) => SK?.S !== ONLY);
    const removals = operations.map((item) =>
      remove(operationOf(item, connectionId), item.pad?.S, rows),
    );
    await Promise.all(removals);
  } while (items.length === REMOVED_AT_ONCE);
}

/** The watcher first: it is what drains look for, and the other row leads to it. A mark has none. */
async function remove(
  operation: OperationKey,
  padId: string | undefined,
  { drop }: Rows,
): Promise<void> {
  if (padId !== undefined) await drop(watcherItemKey({ ...operation, padId }));
  await drop(operationItemKey(operation));
}

async function list(table: Table, connectionId: string): Promise<SubscriptionKey[]> {
  const items = await queryAll(table, connectionKey(connectionId), MAX_ROWS + 1);
  if (items.length > MAX_ROWS) {
    const message = `Expected at most ${MAX_ROWS} operations of a connection within some time.`;
    throw new MemopadError('BAD_USER_INPUT', message);
  }
  return items.flatMap((item) => {
    const padId = item.pad?.S;
    return padId === undefined ? [] : [{ ...operationOf(item, connectionId), padId }];
  });
}

function operationOf({ SK }: Item, connectionId: string): OperationKey {
  return { connectionId, operationId: (SK?.S ?? '').slice(OPERATION_PREFIX.length) };
}

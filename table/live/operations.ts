import { type Clock, epochSeconds } from '#domain/clock.ts';
import type { Table } from '#table/dynamoDb.ts';
import type { Pause } from '#table/pause.ts';
import { connectionKey } from './keys.ts';
import { queryAll } from './readItems.ts';
import { createRows, type Rows } from './rows.ts';
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
 * Each subscription has two rows: among its pad's watchers, and among its connection's operations,
 * where it is found by whoever knows the connection alone. The watcher is written first, the operation
 * decides: a `complete` that is here before its `subscribe` leaves a mark there.
 */
export function createOperations(table: Table, clock: Clock, pause: Pause): Operations {
  const rows = createRows(table, clock, pause);
  const list = async (connectionId: string): Promise<SubscriptionKey[]> =>
    subscriptionsIn(await queryAll(table, connectionKey(connectionId)), connectionId);
  const remove = async (key: SubscriptionKey): Promise<void> => {
    await rows.take(operationItemKey(key));
    await rows.take(watcherItemKey(key));
  };
  return {
    startCatchingUp: (subscription) => start(subscription, rows),
    listOfConnection: list,
    remove,
    complete: (operation) => complete(operation, epochSeconds(clock()) + OVERTAKING_SECONDS, rows),
    async removeConnection(connectionId) {
      for (const key of await list(connectionId)) await remove(key);
      await rows.take(connectionItemKey(connectionId));
    },
  };
}

async function start(subscription: Subscription, { take, putNew }: Rows): Promise<StartOutcome> {
  if (await putNew(toWatcherItem(subscription))) return 'DUPLICATE';
  const key = operationItemKey(subscription);
  const { padId, expiresAt } = subscription;
  const inTheWay = await putNew({ ...key, pad: { S: padId }, t: { N: String(expiresAt) } });
  if (!inTheWay) return 'STARTED';
  await take(watcherItemKey(subscription));
  if (inTheWay.pad) return 'DUPLICATE';
  await take(key);
  return 'COMPLETED';
}

async function complete(operation: OperationKey, endsAt: number, { take, putNew }: Rows) {
  const mark = { ...operationItemKey(operation), t: { N: String(endsAt) } };
  for (let turn = 1; turn <= MAX_TURNS; turn += 1) {
    const padId = (await take(operationItemKey(operation)))?.pad?.S;
    if (padId !== undefined) {
      await take(watcherItemKey({ ...operation, padId }));
      return;
    }
    if (!(await putNew(mark))) return;
  }
}

function subscriptionsIn(items: readonly Item[], connectionId: string): SubscriptionKey[] {
  return items.flatMap(({ SK, pad }) => {
    const key = SK?.S ?? '';
    if (!key.startsWith(OPERATION_PREFIX) || pad?.S === undefined) return [];
    return [{ connectionId, padId: pad.S, operationId: key.slice(OPERATION_PREFIX.length) }];
  });
}

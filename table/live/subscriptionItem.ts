import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { connectionKey, documentKey, ONLY, readWatcherKey, watcherKey } from './keys.ts';
import type {
  Connection,
  LiveSubscription,
  OperationKey,
  Subscription,
  SubscriptionKey,
  WatchDocument,
} from './subscriptions.ts';
import { watchersKey } from './watchersKey.ts';

export type Item = Record<string, AttributeValue>;

export const connectionItemKey = (connectionId: string): Item => ({
  PK: { S: connectionKey(connectionId) },
  SK: { S: ONLY },
});

/** `-` is no operation's key: see ONLY. */
export const operationItemKey = ({ connectionId, operationId }: OperationKey): Item => ({
  PK: { S: connectionKey(connectionId) },
  SK: { S: `${OPERATION_PREFIX}${operationId}` },
});

export const OPERATION_PREFIX = 'O#';

export const watcherItemKey = ({ padId, connectionId, operationId }: SubscriptionKey): Item => ({
  PK: { S: watchersKey(padId) },
  SK: { S: watcherKey(connectionId, operationId) },
});

export const documentItemKey = (hash: string): Item => ({
  PK: { S: documentKey(hash) },
  SK: { S: ONLY },
});

export function toConnectionItem({ connectionId, ...connection }: Connection): Item {
  return {
    ...connectionItemKey(connectionId),
    user: { S: connection.userId },
    exp: { N: String(connection.tokenEndsAt) },
    t: { N: String(connection.forgetAt) },
  };
}

export function readConnectionItem(connectionId: string, item: Item): Connection {
  return {
    connectionId,
    userId: item.user?.S ?? '',
    tokenEndsAt: Number(item.exp?.N),
    forgetAt: Number(item.t?.N),
  };
}

/**
 * 65 bytes, of which a pad with 1,000 watchers has 1,000 to read at each push: the token's end
 * is the row's own end too, and a row without `f` is catching up.
 */
export function toWatcherItem(subscription: Subscription): Item {
  return {
    ...watcherItemKey(subscription),
    d: { B: Buffer.from(subscription.documentHash, 'base64url') },
    t: { N: String(subscription.expiresAt) },
  };
}

/** Null for a subscription that is catching up. */
export function readWatcherItem(padId: string, item: Item): LiveSubscription | null {
  if (item.f?.N === undefined) return null;
  return {
    ...readWatcherKey(item.SK?.S ?? ''),
    padId,
    documentHash: Buffer.from(item.d?.B ?? []).toString('base64url'),
    expiresAt: Number(item.t?.N),
    fromSeq: Number(item.f.N),
  };
}

export function toDocumentItem({ hash, query, variables }: WatchDocument, endsAt: number): Item {
  return {
    ...documentItemKey(hash),
    q: { S: query },
    v: { S: JSON.stringify(variables) },
    t: { N: String(endsAt) },
  };
}

export function readDocumentItem(hash: string, item: Item): WatchDocument {
  return { hash, query: item.q?.S ?? '', variables: JSON.parse(item.v?.S ?? '{}') };
}

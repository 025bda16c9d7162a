import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Clock, epochSeconds } from '#domain/clock.ts';
import { batchGet } from '#table/batchGet.ts';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { type Pause, pauseAtRandom } from '#table/pause.ts';
import { write } from './conflicts.ts';
import { createHandOff } from './handOff.ts';
import { connectionKey } from './keys.ts';
import { createOperations } from './operations.ts';
import { queryAll, readItem } from './readItems.ts';
import { createRows } from './rows.ts';
import {
  connectionItemKey,
  documentItemKey,
  readConnectionItem,
  readDocumentItem,
  readWatcherItem,
  toConnectionItem,
  toDocumentItem,
} from './subscriptionItem.ts';
import type { SubscriptionStore, WatchDocument } from './subscriptions.ts';
import { watchersKey } from './watchersKey.ts';

/** How long a document is kept after the last subscription began with it, in seconds: longer than any token lasts. */
const DOCUMENT_TTL_SECONDS = 24 * 60 * 60;
/** What BatchGetItem takes at once. */
const MAX_BATCH = 100;

/** The subscriptions, connections and documents on DynamoDB. */
export function createSubscriptionStore(
  table: Table,
  clock: Clock = Date.now,
  pause: Pause = pauseAtRandom,
): SubscriptionStore {
  const { dynamoDb, tableName: TableName } = table;
  const rows = createRows(table, clock, pause);
  return inDomainWords<SubscriptionStore>({
    ...createOperations(table, clock, rows),
    ...createHandOff(table, pause),
    async initialise(connection) {
      return (await rows.putNew(toConnectionItem(connection))) === null;
    },
    async connection(connectionId) {
      const item = await readItem(table, connectionItemKey(connectionId));
      return item ? readConnectionItem(connectionId, item) : null;
    },
    usersOf: (connectionIds) => usersOf(table, connectionIds, pause),
    async listLive(padId) {
      const items = await queryAll(table, watchersKey(padId));
      return items.flatMap((item) => readWatcherItem(padId, item) ?? []);
    },
    async keepDocument(document) {
      const put = documentPut(TableName, document, epochSeconds(clock()) + DOCUMENT_TTL_SECONDS);
      const failed = await write(() => dynamoDb.send(put), pause);
      if (failed) throw new Error('Expected a document to have a hash of its own.');
    },
    async document(hash) {
      const item = await readItem(table, documentItemKey(hash));
      return item ? readDocumentItem(hash, item) : null;
    },
  });
}

const IS_NEW = 'attribute_not_exists(PK)';

async function usersOf(
  table: Table,
  connectionIds: readonly string[],
  pause: Pause,
): Promise<Map<string, string>> {
  const users = new Map<string, string>();
  const distinct = [...new Set(connectionIds)];
  for (let start = 0; start < distinct.length; start += MAX_BATCH) {
    const keys = distinct.slice(start, start + MAX_BATCH).map(connectionItemKey);
    for (const item of await batchGet(table, keys, { ConsistentRead: true }, pause)) {
      users.set((item.PK?.S ?? '').slice(connectionKey('').length), item.user?.S ?? '');
    }
  }
  return users;
}

/** Writes the same document again, so that it lasts; another one never. */
function documentPut(TableName: string, document: WatchDocument, endsAt: number): PutItemCommand {
  const Item = toDocumentItem(document, endsAt);
  const { q: query, v: variables } = Item;
  return new PutItemCommand({
    TableName,
    Item,
    ConditionExpression: `${IS_NEW} OR (q = :query AND v = :variables)`,
    ...(query &&
      variables && { ExpressionAttributeValues: { ':query': query, ':variables': variables } }),
  });
}

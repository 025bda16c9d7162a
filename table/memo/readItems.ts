import { GetItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { batchGet } from '#table/batchGet.ts';
import type { Table } from '#table/dynamoDb.ts';
import type { Pause } from '#table/pause.ts';
import type { Item } from './padItem.ts';

const STRONG = { ConsistentRead: true };
/** What BatchGetItem takes at once. */
const MAX_BATCH = 100;

/** Reads one item by its key, strongly; undefined when it isn't there. */
export async function readItem(
  { dynamoDb, tableName }: Table,
  key: Item,
): Promise<Item | undefined> {
  const { Item: item } = await dynamoDb.send(
    new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }),
  );
  return item;
}

/** Reads items by their keys, strongly, in the order asked for; undefined for those that aren't there. */
export async function readItems(
  table: Table,
  keys: readonly Item[],
  pause: Pause,
): Promise<(Item | undefined)[]> {
  const wanted = new Map(keys.map((key) => [nameOf(key), key]));
  const distinct = [...wanted.values()];
  const [only] = distinct;
  if (only && distinct.length === 1) {
    const item = await readItem(table, only);
    return keys.map(() => item);
  }
  const found = new Map<string, Item>();
  for (let start = 0; start < distinct.length; start += MAX_BATCH) {
    const items = await batchGet(table, distinct.slice(start, start + MAX_BATCH), STRONG, pause);
    for (const item of items) found.set(nameOf(item), item);
  }
  return keys.map((key) => found.get(nameOf(key)));
}

const nameOf = ({ PK, SK }: Item): string => `${PK?.S} ${SK?.S}`;

/** Reads all pages of a query. */
export async function queryAll(
  { dynamoDb, tableName }: Table,
  query: Omit<QueryCommandInput, 'TableName'>,
): Promise<Item[]> {
  const items: Item[] = [];
  let next: Item | undefined;
  do {
    const page = await dynamoDb.send(
      new QueryCommand({ ...query, TableName: tableName, ExclusiveStartKey: next }),
    );
    items.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next);
  return items;
}

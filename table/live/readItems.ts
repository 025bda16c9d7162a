import { GetItemCommand, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Table } from '#table/dynamoDb.ts';
import type { Item } from './subscriptionItem.ts';

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

/** Reads all items of a partition, strongly; at most `limit` of them when that is given. */
export async function queryAll(
  { dynamoDb, tableName }: Table,
  key: string,
  limit?: number,
): Promise<Item[]> {
  const items: Item[] = [];
  let next: Item | undefined;
  do {
    const page: QueryCommandOutput = await dynamoDb.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'PK = :key',
        ExpressionAttributeValues: { ':key': { S: key } },
        ExclusiveStartKey: next,
        ...(limit !== undefined && { Limit: limit - items.length }),
      }),
    );
    items.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next && items.length < (limit ?? Number.POSITIVE_INFINITY));
  return items;
}

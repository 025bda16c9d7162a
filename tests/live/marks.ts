import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '#table/dynamoDb.ts';
import { operationItemKey } from '#table/live/subscriptionItem.ts';

/** What BatchWriteItem takes at once. */
const MAX_BATCH = 25;

/** Leaves what so many `complete`s leave that come before their `subscribe`. */
export async function leaveMarks(
  { dynamoDb, tableName }: Table,
  connectionId: string,
  count: number,
): Promise<void> {
  const requests = Array.from({ length: count }, (_, index) => {
    const key = operationItemKey({ connectionId, operationId: `unknown ${index}` });
    return { PutRequest: { Item: { ...key, t: { N: '4000000000' } } } };
  });
  for (let start = 0; start < count; start += MAX_BATCH) {
    const batch = requests.slice(start, start + MAX_BATCH);
    await dynamoDb.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: batch } }));
  }
}

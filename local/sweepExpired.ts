import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { type Clock, epochSeconds } from '#domain/clock.ts';
import type { TableDefinition } from '#table/tables.ts';

export interface SweepOptions {
  readonly dynamoDb: DynamoDBClient;
  readonly tableName: string;
  readonly definition: TableDefinition;
  readonly clock?: Clock | undefined;
}

/**
 * Deletes what has outlived its time, as DynamoDB does by itself in the cloud and the embedded
 * engine doesn't. An item whose time was moved ahead meanwhile stays. @returns how many are gone
 */
export async function sweepExpired(options: SweepOptions): Promise<number> {
  const { dynamoDb, tableName, definition, clock = Date.now } = options;
  const { partitionKey, sortKey, timeToLiveAttribute } = definition;
  const names = { '#ttl': timeToLiveAttribute };
  const values = { ':now': { N: String(epochSeconds(clock())) } };
  const pages = paginateScan(
    { client: dynamoDb },
    {
      TableName: tableName,
      FilterExpression: '#ttl < :now',
      ProjectionExpression: '#partition, #sort',
      ExpressionAttributeNames: { ...names, '#partition': partitionKey, '#sort': sortKey },
      ExpressionAttributeValues: values,
    },
  );
  let deleted = 0;
  for await (const { Items: keys = [] } of pages) {
    for (const key of keys) {
      const deletion = new DeleteItemCommand({
        TableName: tableName,
        Key: key,
        ConditionExpression: '#ttl < :now',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      });
      if (await isDone(dynamoDb.send(deletion))) deleted += 1;
    }
  }
  return deleted;
}

/** False when the condition did not hold. */
async function isDone(deletion: Promise<unknown>): Promise<boolean> {
  try {
    await deletion;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

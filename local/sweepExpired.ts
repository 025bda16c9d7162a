import {
  type AttributeValue,
  type DynamoDBClient,
  paginateScan,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type Clock, epochSeconds } from '#domain/clock.ts';

export interface SweepOptions {
  readonly dynamoDb: DynamoDBClient;
  readonly tableName: string;
  readonly definition: ExpiringTable;
  readonly clock?: Clock | undefined;
  /** What is written together with an item's deletion, or not at all. */
  readonly alongside?: ((expired: ExpiredItem) => readonly TransactWriteItem[]) | undefined;
}

export interface ExpiringTable {
  readonly partitionKey: string;
  readonly sortKey?: string | undefined;
  readonly timeToLiveAttribute: string;
}

export interface ExpiredItem {
  readonly key: Record<string, AttributeValue>;
  /** Seconds since 1970, as the item has them. */
  readonly expiredAt: string;
}

/**
 * Deletes what has outlived its time, as DynamoDB does by itself in the cloud and the embedded
 * engine doesn't. An item whose time was moved ahead meanwhile stays. @returns how many are gone
 */
export async function sweepExpired(options: SweepOptions): Promise<number> {
  const { dynamoDb, tableName, definition, clock = Date.now, alongside = () => [] } = options;
  const now = String(epochSeconds(clock()));
  let deleted = 0;
  for await (const expired of findExpired(options, now)) {
    const deletion = {
      TableName: tableName,
      Key: expired.key,
      ConditionExpression: '#ttl = :seen',
      ExpressionAttributeNames: { '#ttl': definition.timeToLiveAttribute },
      ExpressionAttributeValues: { ':seen': { N: expired.expiredAt } },
    };
    const items = [{ Delete: deletion }, ...alongside(expired)];
    const command = new TransactWriteItemsCommand({ TransactItems: items });
    if (await isDone(dynamoDb.send(command))) deleted += 1;
  }
  return deleted;
}

async function* findExpired(options: SweepOptions, now: string): AsyncGenerator<ExpiredItem> {
  const { dynamoDb, tableName, definition } = options;
  const { partitionKey, sortKey, timeToLiveAttribute } = definition;
  const pages = paginateScan(
    { client: dynamoDb },
    {
      TableName: tableName,
      FilterExpression: '#ttl < :now',
      ProjectionExpression: `#ttl, #partition${sortKey ? ', #sort' : ''}`,
      ExpressionAttributeNames: {
        '#ttl': timeToLiveAttribute,
        '#partition': partitionKey,
        ...(sortKey && { '#sort': sortKey }),
      },
      ExpressionAttributeValues: { ':now': { N: now } },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { [timeToLiveAttribute]: expiredAt, ...key } of Items) {
      yield { key, expiredAt: String(expiredAt?.N) };
    }
  }
}

/** False when the item has changed meanwhile. */
async function isDone(deletion: Promise<unknown>): Promise<boolean> {
  try {
    await deletion;
    return true;
  } catch (error) {
    if (error instanceof TransactionCanceledException) return false;
    throw error;
  }
}

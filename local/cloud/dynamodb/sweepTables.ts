import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Clock, epochSeconds } from '#domain/clock.ts';
import { REGION } from '#local/cloud/account.ts';
import type { ExpiredItem } from '#local/sweepExpired.ts';
import { EXPIRIES_TABLE, toExpiryRow, withExpiries } from './expiries.ts';
import type { LocalTable } from './localTable.ts';

export interface SweepTablesOptions {
  /** The engine's own. */
  readonly endpoint: string;
  readonly tables: readonly LocalTable[];
  /** Hears of every table something was deleted from. */
  readonly onWrite?: ((tableName: string) => void) | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Deletes what has expired, as DynamoDB does by itself and the engine doesn't, and marks it for
 * the streams. @returns how many items are gone
 */
export async function sweepTables(options: SweepTablesOptions): Promise<number> {
  const { endpoint, tables, onWrite, clock = Date.now } = options;
  // Loads AWS's SDK, which nothing else in here needs: not while the cloud starts.
  const { createDynamoDb } = await import('#table/dynamoDb.ts');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const dynamoDb = createDynamoDb({ endpoint, region: REGION, credentials });
  let deleted = 0;
  try {
    for (const table of withExpiries(tables)) {
      const gone = await sweepTable(dynamoDb, table, clock);
      if (gone > 0) onWrite?.(table.tableName);
      deleted += gone;
    }
  } finally {
    dynamoDb.destroy();
  }
  return deleted;
}

async function sweepTable(
  dynamoDb: DynamoDBClient,
  { tableName, keySchema, timeToLiveAttribute, streamed }: LocalTable,
  clock: Clock,
): Promise<number> {
  if (timeToLiveAttribute === undefined) return 0;
  const { sweepExpired } = await import('#local/sweepExpired.ts');
  const nameOf = (type: string): string | undefined =>
    keySchema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const definition = {
    partitionKey: nameOf('HASH') ?? '',
    sortKey: nameOf('RANGE'),
    timeToLiveAttribute,
  };
  const alongside = (expired: ExpiredItem) => [
    {
      Put: {
        TableName: EXPIRIES_TABLE.tableName,
        Item: toExpiryRow({ tableName, ...expired }, epochSeconds(clock())),
      },
    },
  ];
  return sweepExpired({ dynamoDb, tableName, definition, clock, ...(streamed && { alongside }) });
}

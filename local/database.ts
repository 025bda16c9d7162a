import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { AUTH_TABLE, LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { createTable } from './createTable.ts';
import type { Engine } from './engine.ts';
import { type OpenEngineOptions, openEngine } from './openEngine.ts';
import { TABLE_NAMES } from './tableNames.ts';

/**
 * The tables as they are on a laptop. Nobody reads the memo table's stream in this form, and the
 * engine never trims it: after 40,000 writes it would make each of them five times slower.
 */
export const LOCAL_TABLES = [
  { tableName: TABLE_NAMES.auth, definition: AUTH_TABLE },
  { tableName: TABLE_NAMES.live, definition: LIVE_TABLE },
  { tableName: TABLE_NAMES.memo, definition: { ...MEMO_TABLE, streamed: false } },
];

const ANY_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The engine with its tables. */
export interface Database extends Engine {
  readonly dynamoDb: DynamoDBClient;
}

/** Starts the engine, or uses the endpoint given, and creates the tables that aren't there. */
export async function openDatabase(options: OpenEngineOptions = {}): Promise<Database> {
  const engine = await openEngine(options);
  const dynamoDb = createDynamoDb({
    endpoint: engine.endpoint,
    region: 'local',
    credentials: ANY_CREDENTIALS,
  });
  const stop = async (): Promise<void> => {
    dynamoDb.destroy();
    await engine.stop();
  };
  try {
    await Promise.all(
      LOCAL_TABLES.map(({ tableName, definition }) => createTable(dynamoDb, tableName, definition)),
    );
    return { ...engine, dynamoDb, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { AUTH_TABLE, LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { setStream } from './cloud/dynamodb/createTables.ts';
import { createEngineApi } from './cloud/dynamodb/engineApi.ts';
import { createWireClient } from './cloud/dynamodb/wireClient.ts';
import { createTable } from './createTable.ts';
import type { Engine } from './engine.ts';
import { type OpenEngineOptions, openEngine } from './openEngine.ts';
import { TABLE_NAMES } from './tableNames.ts';

/** The tables as they are on a laptop. */
export const LOCAL_TABLES = [
  { tableName: TABLE_NAMES.auth, definition: AUTH_TABLE },
  { tableName: TABLE_NAMES.live, definition: LIVE_TABLE },
  { tableName: TABLE_NAMES.memo, definition: MEMO_TABLE },
];

const ANY_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The engine with its tables. */
export interface Database extends Engine {
  readonly dynamoDb: DynamoDBClient;
}

/** Starts the engine, or uses the endpoint given, and creates the tables that aren't there. */
export async function openDatabase(options: OpenEngineOptions = {}): Promise<Database> {
  return openTables(await openEngine(options));
}

/** Creates the tables that aren't there. */
export async function openTables(engine: Engine): Promise<Database> {
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
    await followMemos(engine.endpoint);
    return { ...engine, dynamoDb, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Tables that former versions made have no stream in this form. */
async function followMemos(endpoint: string): Promise<void> {
  const client = createWireClient({ endpoint });
  const call = createEngineApi(client);
  try {
    const { Table } = await call('DescribeTable', { TableName: TABLE_NAMES.memo });
    const isOn = Object(Object(Table).StreamSpecification).StreamEnabled === true;
    if (!isOn) await setStream(call, TABLE_NAMES.memo, true);
  } finally {
    client.close();
  }
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { AUTH_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { createTable } from './createTable.ts';
import { type Engine, type EngineOptions, startEngine } from './engine.ts';
import { isFree } from './ports.ts';
import type { PortWish } from './wishedPorts.ts';

export const TABLE_NAMES = { auth: 'memopad-auth', memo: 'memopad-memo' };

/**
 * The tables as they are on a laptop. Nobody reads the memo table's stream in this form, and the
 * engine never trims it: after 40,000 writes it would make each of them five times slower.
 */
export const LOCAL_TABLES = [
  { tableName: TABLE_NAMES.auth, definition: AUTH_TABLE },
  { tableName: TABLE_NAMES.memo, definition: { ...MEMO_TABLE, streamed: false } },
];

const ANY_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
const LET_GO_WITHIN_MS = 2_000;
const POLL_MS = 20;

/** The engine with its tables. */
export interface Database extends Engine {
  readonly dynamoDb: DynamoDBClient;
  /** Undefined when the engine is somebody else's. */
  readonly ownPort: number | undefined;
}

export interface DatabaseOptions extends Omit<EngineOptions, 'port'> {
  readonly port: PortWish;
}

/** Starts the engine, or uses the endpoint given, and creates the tables that aren't there. */
export async function openDatabase({ port, file, endpoint }: DatabaseOptions): Promise<Database> {
  const engine = await startEngine({
    file,
    endpoint,
    port: endpoint ? undefined : await settle(port),
  });
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
    const ownPort = endpoint ? undefined : Number(new URL(engine.endpoint).port);
    return { ...engine, dynamoDb, ownPort, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** After a kill -9 the last start's engine needs a moment to let go of its port and its file. */
async function settle({ port }: PortWish): Promise<number | undefined> {
  if (port === 0) return undefined;
  const deadline = Date.now() + LET_GO_WITHIN_MS;
  while (Date.now() < deadline) {
    if (await isFree(port)) return port;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return undefined;
}

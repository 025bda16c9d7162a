import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from '@jest/globals';
import { createTable } from '#local/createTable.ts';
import { type Engine, startEngine } from '#local/engine.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import type { TableDefinition } from '#table/tables.ts';
import { LOCAL_CREDENTIALS } from './localCredentials.ts';

/** A table of its own on an engine in memory, for the tests of one file. */
export interface TestTable {
  readonly dynamoDb: DynamoDBClient;
  readonly tableName: string;
  readonly endpoint: string;
}

/** Starts an engine with one empty table before the file's tests and stops it after them. */
export function useTable(definition: TableDefinition): TestTable {
  const table = { tableName: 'test' } as { -readonly [K in keyof TestTable]: TestTable[K] };
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
    table.endpoint = engine.endpoint;
    table.dynamoDb = createDynamoDb({
      endpoint: engine.endpoint,
      region: 'local',
      credentials: LOCAL_CREDENTIALS,
    });
    await createTable(table.dynamoDb, table.tableName, definition);
  });
  afterAll(async () => {
    table.dynamoDb.destroy();
    await engine.stop();
  });
  return table;
}

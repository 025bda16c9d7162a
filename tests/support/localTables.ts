import { afterAll, beforeAll } from '@jest/globals';
import { createTables } from '#local/cloud/dynamodb/createTables.ts';
import { type CallEngine, createEngineApi } from '#local/cloud/dynamodb/engineApi.ts';
import type { LocalTable } from '#local/cloud/dynamodb/localTable.ts';
import { createWireClient, type WireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { type Engine, startEngine } from '#local/engine.ts';

/** A table with a sort key and nothing else, unless told otherwise. */
export const localTable = (rest: Partial<LocalTable> = {}): LocalTable => ({
  tableName: 'memos',
  keySchema: [
    { AttributeName: 'PK', KeyType: 'HASH' },
    { AttributeName: 'SK', KeyType: 'RANGE' },
  ],
  attributes: [
    { AttributeName: 'PK', AttributeType: 'S' },
    { AttributeName: 'SK', AttributeType: 'S' },
  ],
  localIndexes: [],
  globalIndexes: [],
  timeToLiveAttribute: undefined,
  streamed: false,
  ...rest,
});

export interface TestEngine {
  readonly endpoint: string;
  readonly client: WireClient;
  /** Calls the engine itself. */
  readonly call: CallEngine;
}

/** Starts an engine in memory before the file's tests, with tables if there are any, and stops it after them. */
export function useEngine(...tables: LocalTable[]): TestEngine {
  const found = {} as { -readonly [K in keyof TestEngine]: TestEngine[K] };
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
    found.endpoint = engine.endpoint;
    found.client = createWireClient({ endpoint: engine.endpoint });
    found.call = createEngineApi(found.client);
    await createTables(found.call, tables);
  });
  afterAll(async () => {
    found.client.close();
    await engine.stop();
  });
  return found;
}

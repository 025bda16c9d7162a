import { afterAll, beforeAll } from '@jest/globals';
import { createDynamoDb } from '#table/dynamoDb.ts';
import type { TestTable } from './engine.ts';
import { LOCAL_CREDENTIALS } from './localCredentials.ts';
import { meterClient, type Units } from './meterClient.ts';

/** A table whose every request is metered. */
export interface Meter {
  readonly table: TestTable;
  measure(action: () => Promise<unknown>): Promise<Units>;
}

/** Counts what DynamoDB says an action consumed, through a client of its own. */
export function useMeter(metered: TestTable): Meter {
  const table = {} as { -readonly [K in keyof TestTable]: TestTable[K] };
  const units: Units = { read: 0, write: 0 };
  beforeAll(() => {
    const { endpoint } = metered;
    const credentials = LOCAL_CREDENTIALS;
    const dynamoDb = createDynamoDb({ endpoint, region: 'local', credentials });
    meterClient(dynamoDb, units);
    Object.assign(table, metered, { dynamoDb });
  });
  afterAll(() => table.dynamoDb.destroy());
  return {
    table,
    async measure(action) {
      units.read = 0;
      units.write = 0;
      await action();
      return { ...units };
    },
  };
}

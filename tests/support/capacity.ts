import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from '@jest/globals';
import { createDynamoDb } from '#table/dynamoDb.ts';
import type { TestTable } from './engine.ts';
import { LOCAL_CREDENTIALS } from './localCredentials.ts';

/** Capacity units: a read unit is 4 KB read strongly, a write unit 1 KB written, a table's and its indexes' added. */
export interface Units {
  read: number;
  write: number;
}

const READS = new Set([
  'GetItemCommand',
  'BatchGetItemCommand',
  'QueryCommand',
  'ScanCommand',
  'TransactGetItemsCommand',
]);

/** A table whose every request is metered. */
export interface Meter {
  readonly table: TestTable;
  measure(action: () => Promise<unknown>): Promise<Units>;
}

/**
 * Counts what DynamoDB says an action consumed (ReturnConsumedCapacity), through a client of its own:
 * with cached middleware a client must be told to ask before its first request.
 */
export function useMeter(metered: TestTable): Meter {
  const table = {} as { -readonly [K in keyof TestTable]: TestTable[K] };
  const units: Units = { read: 0, write: 0 };
  beforeAll(() => {
    const { endpoint } = metered;
    const credentials = LOCAL_CREDENTIALS;
    const dynamoDb = createDynamoDb({ endpoint, region: 'local', credentials });
    addUp(dynamoDb, units);
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

function addUp(client: DynamoDBClient, units: Units): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const done = await next(args);
      const { ConsumedCapacity: consumed } = done.output as {
        ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
      };
      const sum = [consumed ?? []]
        .flat()
        .reduce((total, one) => total + (one.CapacityUnits ?? 0), 0);
      units[READS.has(String(context.commandName)) ? 'read' : 'write'] += sum;
      return done;
    },
    { step: 'initialize', name: 'meterCapacity' },
  );
}

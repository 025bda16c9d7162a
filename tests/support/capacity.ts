import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';

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

/**
 * Counts what DynamoDB says an action consumed (ReturnConsumedCapacity), through a client of its own:
 * with cached middleware a client must be told to ask before its first request.
 */
export function meterCapacity(client: DynamoDBClient): {
  measure<T>(action: () => Promise<T>): Promise<Units & { result: T }>;
} {
  const units: Units = { read: 0, write: 0 };
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
  return {
    async measure(action) {
      units.read = 0;
      units.write = 0;
      const result = await action();
      return { ...units, result };
    },
  };
}

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
 * Adds to `units` what DynamoDB says the requests of a client consumed (ReturnConsumedCapacity). It
 * must not have sent any: with cached middleware a client is told to ask before its first one.
 */
export function meterClient(client: DynamoDBClient, units: Units): void {
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

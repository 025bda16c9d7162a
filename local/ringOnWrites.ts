import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const WRITES = /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems|BatchWriteItem)Command$/;

/**
 * Rings for every table that a client writes to, once its write is answered, so that nobody has to poll.
 * Also after a failure: what was written and never answered is there all the same.
 */
export function ringOnWrites(dynamoDb: DynamoDBClient, ring: (tableName: string) => void): void {
  dynamoDb.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        try {
          return await next(args);
        } finally {
          if (WRITES.test(commandName)) for (const name of tablesOf(args.input)) ring(name);
        }
      },
    { step: 'initialize', name: 'ringOnWrites' },
  );
}

/** An item's, a transaction's or a batch's. */
function tablesOf(input: object): Set<string> {
  const { TableName, TransactItems = [], RequestItems = {} } = input as Input;
  const ofItems = TransactItems.flatMap((item) => Object.values(item));
  const names = [
    TableName,
    ...ofItems.map((item) => item?.TableName),
    ...Object.keys(RequestItems),
  ];
  return new Set(names.filter((name) => name !== undefined));
}

interface Input {
  readonly TableName?: string;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
  readonly RequestItems?: object;
}

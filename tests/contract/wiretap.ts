import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';

/** Listens in on what is asked of DynamoDB, and cuts the line when told to. */
export interface Wiretap {
  countCalls(action: () => Promise<unknown>): Promise<Record<string, number>>;
  failing<Result>(cause: string, action: () => Promise<Result>): Promise<Result>;
  /** To be told of every call before it is made. @returns why it shall fail, if it shall */
  hear(operation: string): string | undefined;
}

export function createWiretap(): Wiretap {
  let calls: Record<string, number> = {};
  let cause: string | undefined;
  return {
    hear(operation) {
      calls[operation] = (calls[operation] ?? 0) + 1;
      return cause;
    },
    async countCalls(action) {
      calls = {};
      await action();
      return calls;
    },
    async failing(told, action) {
      cause = told;
      try {
        return await action();
      } finally {
        cause = undefined;
      }
    },
  };
}

/** To be called before the client's first request: with cached middleware it doesn't look again. */
export function tapClient(dynamoDb: DynamoDBClient): Wiretap {
  const tap = createWiretap();
  dynamoDb.middlewareStack.add(
    (next, context) => (args) => {
      const cause = tap.hear(String(context.commandName).replace(/Command$/, ''));
      if (cause !== undefined) throw new Error(cause);
      return next(args);
    },
    { step: 'initialize', name: 'wiretap' },
  );
  return tap;
}

/** Deletes every row whose key names the user. */
export async function loseUser(
  dynamoDb: DynamoDBClient,
  tableName: string,
  userId: string,
): Promise<void> {
  const { Items: rows = [] } = await dynamoDb.send(new ScanCommand({ TableName: tableName }));
  const mentions = (value: AttributeValue | undefined) => value?.S?.includes(userId) ?? false;
  for (const { PK, SK } of rows) {
    if (!PK || !SK || !mentions(PK)) continue;
    await dynamoDb.send(new DeleteItemCommand({ TableName: tableName, Key: { PK, SK } }));
  }
}

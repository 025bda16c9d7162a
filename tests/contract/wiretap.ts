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
}

/** To be called before the client's first request: with cached middleware it doesn't look again. */
export function wiretap(dynamoDb: DynamoDBClient): Wiretap {
  let calls: Record<string, number> = {};
  let cause: string | undefined;
  dynamoDb.middlewareStack.add(
    (next, context) => (args) => {
      const name = String(context.commandName).replace(/Command$/, '');
      calls[name] = (calls[name] ?? 0) + 1;
      if (cause !== undefined) throw new Error(cause);
      return next(args);
    },
    { step: 'initialize', name: 'wiretap' },
  );
  return {
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

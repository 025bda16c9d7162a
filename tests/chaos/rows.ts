import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDb } from '#table/dynamoDb.ts';

type Item = Readonly<Record<string, { readonly S?: string | undefined }>>;

/** How many rows of connections and subscriptions the live table holds: none when nobody is there. */
export async function countRows(engine: string): Promise<number> {
  const dynamoDb = createDynamoDb({
    endpoint: engine,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    let count = 0;
    let ExclusiveStartKey: Record<string, never> | undefined;
    do {
      const scan = new ScanCommand({ TableName: 'memopad-live', ExclusiveStartKey });
      const { Items = [], LastEvaluatedKey } = await dynamoDb.send(scan);
      count += Items.filter((item) => /^(C#|T)/.test((item as Item).PK?.S ?? '')).length;
      ExclusiveStartKey = LastEvaluatedKey as typeof ExclusiveStartKey;
    } while (ExclusiveStartKey);
    return count;
  } finally {
    dynamoDb.destroy();
  }
}

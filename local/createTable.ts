import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  type KeySchemaElement,
  type Projection,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '#table/tables.ts';

const MAX_WAIT_SECONDS = 60;

/** Creates a table from its definition; one that is there already is left as it is. */
export async function createTable(
  dynamoDb: DynamoDBClient,
  tableName: string,
  definition: TableDefinition,
): Promise<void> {
  try {
    const command = new CreateTableCommand(toCreateTableInput(tableName, definition));
    const { TableDescription: table } = await dynamoDb.send(command);
    // The embedded engine's tables are there at once; others take a moment.
    if (table?.TableStatus !== 'ACTIVE') await waitForTable(dynamoDb, tableName);
    await dynamoDb.send(
      new UpdateTimeToLiveCommand({
        TableName: tableName,
        TimeToLiveSpecification: { AttributeName: definition.timeToLiveAttribute, Enabled: true },
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

async function waitForTable(client: DynamoDBClient, tableName: string): Promise<void> {
  await waitUntilTableExists({ client, maxWaitTime: MAX_WAIT_SECONDS }, { TableName: tableName });
}

function toCreateTableInput(
  tableName: string,
  definition: TableDefinition,
): CreateTableCommandInput {
  const { partitionKey, sortKey, localIndexes, globalIndexes, streamed } = definition;
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(partitionKey, sortKey),
    AttributeDefinitions: attributeDefinitions(definition),
    ...(localIndexes.length > 0 && {
      LocalSecondaryIndexes: localIndexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(partitionKey, index.sortKey),
        Projection: projection(index.projected),
      })),
    }),
    ...(globalIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalIndexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.partitionKey, index.sortKey),
        Projection: projection(index.projected),
      })),
    }),
    ...(streamed && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  };
}

function projection(projected: readonly string[]): Projection {
  return projected.length === 0
    ? { ProjectionType: 'KEYS_ONLY' }
    : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projected] };
}

function keySchema(partitionKey: string, sortKey: string): KeySchemaElement[] {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
}

function attributeDefinitions(definition: TableDefinition): AttributeDefinition[] {
  const names = new Set([
    definition.partitionKey,
    definition.sortKey,
    ...definition.localIndexes.map((index) => index.sortKey),
    ...definition.globalIndexes.flatMap((index) => [index.partitionKey, index.sortKey]),
  ]);
  return [...names].map((name) => ({ AttributeName: name, AttributeType: 'S' }));
}

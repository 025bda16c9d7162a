import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '#table/tables.ts';

/** Creates a table from its definition; one that is there already is left as it is. */
export async function createTable(
  dynamoDb: DynamoDBClient,
  tableName: string,
  definition: TableDefinition,
): Promise<void> {
  try {
    await dynamoDb.send(new CreateTableCommand(toCreateTableInput(tableName, definition)));
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
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.projected] },
      })),
    }),
    ...(globalIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalIndexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.partitionKey, index.sortKey),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.projected] },
      })),
    }),
    ...(streamed && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  };
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

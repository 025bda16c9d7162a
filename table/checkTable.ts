import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from './dynamoDb.ts';

const NOBODY = { PK: { S: 'HEALTH' }, SK: { S: 'HEALTH' } };

/** Rejects when the table can't be read. Reads an item that never exists: DescribeTable would be rationed by AWS. */
export async function checkTable({ dynamoDb, tableName }: Table): Promise<void> {
  await dynamoDb.send(new GetItemCommand({ TableName: tableName, Key: NOBODY }));
}

import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { ringOnWrites } from '#local/ringOnWrites.ts';
import { LOCAL_CREDENTIALS } from '#tests/support/localCredentials.ts';

const Key = { PK: { S: 'pad' }, SK: { S: 'memo' } };
const at = (TableName: string) => ({ TableName, Key });
const put = { PutRequest: { Item: Key } };

/** The tables that are rung for when a command is sent and its answer gets lost. */
async function rungBy(command: PutItemCommand): Promise<string[]> {
  const rung: string[] = [];
  const dynamoDb = new DynamoDBClient({
    region: 'local',
    credentials: LOCAL_CREDENTIALS,
    maxAttempts: 1,
    requestHandler: { handle: () => Promise.reject(new Error('The connection is lost.')) },
  });
  ringOnWrites(dynamoDb, (tableName) => rung.push(tableName));
  await expect(dynamoDb.send(command)).rejects.toThrow('The connection is lost.');
  return rung;
}

test.each([
  ['a put', new PutItemCommand({ TableName: 'memo', Item: Key }), ['memo']],
  ['an update', new UpdateItemCommand(at('live')), ['live']],
  ['a deletion', new DeleteItemCommand(at('memo')), ['memo']],
  [
    'a transaction',
    new TransactWriteItemsCommand({
      TransactItems: [{ Delete: at('memo') }, { Delete: at('live') }, { Delete: at('memo') }],
    }),
    ['memo', 'live'],
  ],
  [
    'a batch',
    new BatchWriteItemCommand({ RequestItems: { memo: [put], auth: [put] } }),
    ['memo', 'auth'],
  ],
  ['a reading', new GetItemCommand(at('memo')), []],
])('%s rings for the tables it names, answered or not', async (_, command, tables) => {
  expect(await rungBy(command as PutItemCommand)).toEqual(tables);
});

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { ListRequest, MemoStore, SummarySlice } from '#domain/memo/memoStore.ts';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { padKey } from '#table/keys.ts';
import { type Pause, pauseAtRandom } from '#table/pause.ts';
import { BY_CHANGE } from '#table/tables.ts';
import { memoItemKey, readMemoItem, readSummaryItem } from './memoItem.ts';
import { createMemoWrites } from './memoWrites.ts';
import { readItem, readItems } from './readItems.ts';

/** The memos on DynamoDB. */
export function createMemoStore(table: Table, pause: Pause = pauseAtRandom): MemoStore {
  return inDomainWords({
    ...createMemoWrites(table),
    read: async (key) => readMemoItem(await readItem(table, memoItemKey(key))),
    readMany: async (keys) =>
      (await readItems(table, keys.map(memoItemKey), pause)).map(readMemoItem),
    list: (request) => list(table, request),
  });
}

/** BETWEEN includes both bounds. The query never starts at a key: the range itself says where to go on. */
async function list(
  { dynamoDb, tableName }: Table,
  { padId, range, order, limit }: ListRequest,
): Promise<SummarySlice> {
  const { Items: items = [], LastEvaluatedKey: last } = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: BY_CHANGE,
      ConsistentRead: true,
      KeyConditionExpression: 'PK = :pad AND place BETWEEN :low AND :high',
      ExpressionAttributeValues: {
        ':pad': { S: padKey(padId) },
        ':low': { S: range.low },
        ':high': { S: range.high },
      },
      ScanIndexForward: order === 'OLDEST_FIRST',
      Limit: limit,
    }),
  );
  const summaries = items.flatMap((item) => readSummaryItem(item) ?? []);
  return { summaries, more: last !== undefined };
}

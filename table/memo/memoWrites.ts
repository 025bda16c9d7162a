import {
  ConditionalCheckFailedException,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { BuryRequest, MemoStore } from '#domain/memo/memoStore.ts';
import type { Table } from '#table/dynamoDb.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { memoItemKey, readMemoItem, toMemoItem } from './memoItem.ts';

type MemoWrites = Pick<MemoStore, 'create' | 'replace' | 'bury'>;

/** Each is one conditional write of one item. A failed condition brings the item that is there, which saves a read. */
export function createMemoWrites({ dynamoDb, tableName }: Table): MemoWrites {
  return {
    async create(memo) {
      const failed = await failedCondition(
        dynamoDb.send(
          new PutItemCommand({
            TableName: tableName,
            Item: toMemoItem(memo),
            ConditionExpression: 'attribute_not_exists(SK)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      if (!failed) return { outcome: 'WRITTEN' };
      const existing = readMemoItem(failed.Item);
      return existing ? { outcome: 'EXISTS', memo: existing } : { outcome: 'PURGED' };
    },
    async replace(memo, overVersion) {
      const failed = await failedCondition(
        dynamoDb.send(
          new PutItemCommand({
            TableName: tableName,
            Item: toMemoItem(memo),
            ConditionExpression: 'version = :version',
            ExpressionAttributeValues: { ':version': { N: String(overVersion) } },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      if (!failed) return { outcome: 'WRITTEN' };
      return { outcome: 'OVERTAKEN', memo: readMemoItem(failed.Item) };
    },
    async bury(request) {
      const burial = new UpdateItemCommand(burialOf(tableName, request));
      return (await failedCondition(dynamoDb.send(burial))) === null;
    },
  };
}

async function failedCondition(
  write: Promise<unknown>,
): Promise<ConditionalCheckFailedException | null> {
  try {
    await write;
    return null;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error;
    throw error;
  }
}

/** Everything a memo's item may hold besides its key, its version and its time to live. */
const CONTENT = [
  ...MEMO_TABLE.localIndexes.flatMap(({ sortKey, projected }) => [sortKey, ...projected]),
  'body',
].filter((name) => name !== 'version');

/** Without a read: only a memo has a place, a tombstone and a missing row fail the condition. */
function burialOf(
  TableName: string,
  { padId, ulid, expiredSince, version, tombstoneEnds }: BuryRequest,
): UpdateItemCommandInput {
  const content = CONTENT.map((_, index) => `#content${index}`);
  return {
    TableName,
    Key: memoItemKey({ padId, ulid }),
    UpdateExpression: `SET purged = :true, #ttl = :ends ADD version :one REMOVE ${content.join(', ')}`,
    ConditionExpression: [
      'attribute_exists(place)',
      '(attribute_not_exists(trashedAt) OR trashedAt > :expired)',
      ...(version === undefined ? [] : ['version = :version']),
    ].join(' AND '),
    ExpressionAttributeNames: {
      '#ttl': MEMO_TABLE.timeToLiveAttribute,
      ...Object.fromEntries(CONTENT.map((name, index) => [content[index], name])),
    },
    ExpressionAttributeValues: {
      ':true': { BOOL: true },
      ':ends': { N: String(tombstoneEnds) },
      ':one': { N: '1' },
      ':expired': { N: String(Date.parse(expiredSince)) },
      ...(version !== undefined && { ':version': { N: String(version) } }),
    },
  };
}

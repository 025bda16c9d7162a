import {
  ConditionalCheckFailedException,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Memo } from '#domain/memo/memo.ts';
import type { BuryRequest, MemoStore } from '#domain/memo/memoStore.ts';
import type { Table } from '#table/dynamoDb.ts';
import { wasSentAgain } from '#table/sentAgain.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { type Item, memoItemKey, readMemoItem, toMemoItem } from './memoItem.ts';

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
      const inTheWay = readMemoItem(failed?.Item);
      if (!failed || isSame(inTheWay, memo)) return { outcome: 'WRITTEN' };
      return { outcome: 'OVERTAKEN', memo: inTheWay };
    },
    async bury(request) {
      const burial = new UpdateItemCommand(burialOf(tableName, request));
      const failed = await failedCondition(dynamoDb.send(burial));
      return !failed || (wasSentAgain(failed) && isTombstoneOf(request, failed.Item));
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

/** Whether what stands in the way of a memo is that memo: the answer to its first sending got lost. */
function isSame(inTheWay: Memo | null, memo: Memo): boolean {
  if (!inTheWay) return false;
  return JSON.stringify(toMemoItem(inTheWay)) === JSON.stringify(toMemoItem(memo));
}

function isTombstoneOf(
  { version, tombstoneEnds }: BuryRequest,
  { purged, ttl, version: buried }: Item = {},
): boolean {
  const isVersion = version === undefined || buried?.N === String(version + 1);
  return purged?.BOOL === true && ttl?.N === String(tombstoneEnds) && isVersion;
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
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
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

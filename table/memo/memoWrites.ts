import {
  ConditionalCheckFailedException,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Memo } from '#domain/memo/memo.ts';
import type { BuryRequest, MemoStore } from '#domain/memo/memoStore.ts';
import type { Table } from '#table/dynamoDb.ts';
import { wasSentAgain } from '#table/sentAgain.ts';
import { burialOf } from './burial.ts';
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
      const burial = new UpdateItemCommand(burialInput(tableName, request));
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

function burialInput(TableName: string, request: BuryRequest): UpdateItemCommandInput {
  const burial = burialOf(request);
  return {
    TableName,
    Key: memoItemKey(request),
    UpdateExpression: burial.update,
    ConditionExpression: burial.condition,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ExpressionAttributeNames: burial.updateNames,
    ExpressionAttributeValues: marshall({ ...burial.updateValues, ...burial.conditionValues }),
  };
}

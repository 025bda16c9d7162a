import {
  type ConditionCheckExpression,
  type DynamoDBPutItemRequest,
  util,
} from '@aws-appsync/utils';
import type { Memo } from '#domain/memo/memo.ts';
import { toMemoRow } from '#table/memo/memoRow.ts';

/** Writes a memo's row, on a condition. */
export function putMemo(memo: Memo, condition: ConditionCheckExpression): DynamoDBPutItemRequest {
  const { PK, SK, ...rest } = toMemoRow(memo);
  return {
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ PK, SK }),
    attributeValues: util.dynamodb.toMapValues(rest),
    condition,
  };
}

import { type DynamoDBExpression, type Key, util } from '@aws-appsync/utils';
import type { BuryRequest } from '#domain/memo/memoStore.ts';
import { burialOf } from '#table/memo/burial.ts';
import { memoRowKey } from '#table/memo/memoRow.ts';

export interface Burying {
  readonly key: Key;
  readonly update: DynamoDBExpression;
  readonly condition: DynamoDBExpression;
}

/** The update that puts a tombstone in a memo's place, for a write of its own or one of a transaction's. */
export function buryMemo(request: BuryRequest): Burying {
  const { update, updateNames, updateValues, condition, conditionValues } = burialOf(request);
  return {
    key: util.dynamodb.toMapValues({ ...memoRowKey(request) }),
    update: {
      expression: update,
      expressionNames: { ...updateNames },
      expressionValues: util.dynamodb.toMapValues({ ...updateValues }),
    },
    condition: {
      expression: condition,
      expressionValues: util.dynamodb.toMapValues({ ...conditionValues }),
    },
  };
}

import { type DynamoDBQueryRequest, util } from '@aws-appsync/utils';
import type { ListRequest } from '#domain/memo/memoStore.ts';
import { padKey } from '#table/keys.ts';
import { BY_CHANGE } from '#table/tables.ts';

/** One query of summaries, by the index alone. It never goes on from a token: the range itself says where. */
export function listMemos({ padId, range, order, limit }: ListRequest): DynamoDBQueryRequest {
  const { low, high } = range;
  return {
    operation: 'Query',
    index: BY_CHANGE,
    query: {
      expression: 'PK = :pad AND place BETWEEN :low AND :high',
      expressionValues: util.dynamodb.toMapValues({
        ':pad': padKey(padId),
        ':low': low,
        ':high': high,
      }),
    },
    scanIndexForward: order === 'OLDEST_FIRST',
    limit,
    consistentRead: true,
  };
}

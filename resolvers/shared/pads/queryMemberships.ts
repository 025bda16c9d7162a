import { type DynamoDBQueryRequest, util } from '@aws-appsync/utils';
import { BY_MEMBER } from '#table/tables.ts';

/** A user's memberships by the index, which may lag: it only names candidates. One page holds thousands. */
export function queryMemberships(userId: string): DynamoDBQueryRequest {
  return {
    operation: 'Query',
    index: BY_MEMBER,
    query: {
      expression: '#member = :user',
      expressionNames: { '#member': 'member' },
      expressionValues: util.dynamodb.toMapValues({ ':user': userId }),
    },
    consistentRead: false,
    limit: 1000,
  };
}

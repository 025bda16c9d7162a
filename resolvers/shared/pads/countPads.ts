import type { Context, DynamoDBQueryRequest } from '@aws-appsync/utils';
import { manyPadsProblem } from '#domain/memo/padLimit.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';
import { queriedRows } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import { queryMemberships } from './queryMemberships.ts';

/** The step that lets nobody into more than 200 shared pads. Ends with BAD_USER_INPUT. */
export function request(ctx: Context): DynamoDBQueryRequest {
  return queryMemberships(viewerId(ctx));
}

export function response(ctx: Context): unknown {
  refuseIf(manyPadsProblem(queriedRows(ctx).length));
  return null;
}

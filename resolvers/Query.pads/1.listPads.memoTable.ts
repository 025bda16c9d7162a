import type { Context, DynamoDBQueryRequest } from '@aws-appsync/utils';
import { queryMemberships } from '#resolvers/shared/pads/queryMemberships.ts';
import { queriedRows } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import { padIdOfKey } from '#table/keys.ts';

/** Names the pads that the viewer may be in. */
export function request(ctx: Context): DynamoDBQueryRequest {
  return queryMemberships(viewerId(ctx));
}

export function response(ctx: Context): unknown {
  ctx.stash.padIds = queriedRows(ctx).map(({ PK }) => padIdOfKey(`${PK}`));
  return null;
}

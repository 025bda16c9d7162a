import { type Context, type DynamoDBQueryRequest, runtime } from '@aws-appsync/utils';
import { type Invite, isOpenAt, withoutHash } from '#domain/memo/invite.ts';
import { nowText } from '#resolvers/shared/now.ts';
import { queriedRows, queryRows } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import { INVITE_PREFIX } from '#table/keys.ts';
import { readInviteRow } from '#table/memo/padRow.ts';

/** Null for anybody but an OWNER; a personal pad has none. The role came with the pad. */
export function request(ctx: Context): DynamoDBQueryRequest {
  const userId = viewerId(ctx);
  const { id, role } = ctx.source ?? {};
  if (role !== 'OWNER') return runtime.earlyReturn(null);
  return id === userId ? runtime.earlyReturn([]) : queryRows(id, INVITE_PREFIX);
}

export function response(ctx: Context): Invite[] {
  const now = nowText();
  const invites = queriedRows(ctx).map((row) => readInviteRow(row));
  return invites.filter((invite) => isOpenAt(now, invite)).map((invite) => withoutHash(invite));
}

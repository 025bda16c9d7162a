import type { Context, DynamoDBQueryRequest } from '@aws-appsync/utils';
import { isoTime } from '#domain/clock.ts';
import { inviteEndProblem, isOpenAt, manyInvitesProblem } from '#domain/memo/invite.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { refuseIf } from '#resolvers/shared/refuse.ts';
import { queriedRows, queryRows } from '#resolvers/shared/rows.ts';
import { INVITE_PREFIX } from '#table/keys.ts';
import { readInviteRow } from '#table/memo/padRow.ts';

/** Lets no pad have more than 50 open invites. Ends with BAD_USER_INPUT, for its end, too. */
export function request(ctx: Context): DynamoDBQueryRequest {
  const { now, expiresAt } = ctx.stash;
  refuseIf(inviteEndProblem(expiresAt, now));
  return queryRows(accessOf(ctx).padId, INVITE_PREFIX);
}

export function response(ctx: Context): unknown {
  const now = isoTime(ctx.stash.now);
  const invites = queriedRows(ctx).map((row) => readInviteRow(row));
  refuseIf(manyInvitesProblem(invites.filter((invite) => isOpenAt(now, invite)).length));
  return null;
}

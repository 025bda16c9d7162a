import { type Context, type DynamoDBQueryRequest, runtime } from '@aws-appsync/utils';
import { PAD_NOT_FOUND } from '#domain/memo/access.ts';
import { type PadMember, personalPad } from '#domain/memo/pad.ts';
import { longestFirst } from '#domain/memo/padOrder.ts';
import { refuse } from '#resolvers/shared/refuse.ts';
import { queriedRows, queryRows } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import { MEMBER_PREFIX } from '#table/keys.ts';
import { readMemberRow } from '#table/memo/padRow.ts';

/** Whoever was given the pad has a role in it, which is not read again. */
export function request(ctx: Context): DynamoDBQueryRequest {
  const userId = viewerId(ctx);
  const { id, role } = ctx.source ?? {};
  if (!role) return refuse(PAD_NOT_FOUND);
  if (id !== userId) return queryRows(id, MEMBER_PREFIX);
  const { createdAt } = personalPad(userId);
  const owner: PadMember = { userId, role: 'OWNER', since: createdAt };
  return runtime.earlyReturn([owner]);
}

export function response(ctx: Context): PadMember[] {
  return longestFirst(queriedRows(ctx).map((row) => readMemberRow(row)));
}

import { type Context, type DynamoDBQueryRequest, runtime } from '@aws-appsync/utils';
import { accessProblem, decideAccess, PAD_NOT_FOUND } from '#domain/memo/access.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { refuse, refuseIf } from '#resolvers/shared/refuse.ts';
import { queriedRows, queryRows } from '#resolvers/shared/rows.ts';
import { MEMBER_PREFIX } from '#table/keys.ts';
import { readMemberRow } from '#table/memo/padRow.ts';
import { changeOf } from './change.ts';

/** The step that reads all members of a pad, the viewer among them. Ends with NOT_FOUND or FORBIDDEN. */
export function request(ctx: Context): DynamoDBQueryRequest {
  const { padId } = accessOf(ctx);
  if (changeOf(ctx).isDone) return runtime.earlyReturn(null, { skipTo: 'END' });
  return isUlid(padId) ? queryRows(padId, MEMBER_PREFIX) : refuse(PAD_NOT_FOUND);
}

export function response(ctx: Context): unknown {
  const { viewerId, padId, action } = accessOf(ctx);
  const members = queriedRows(ctx).map((row) => readMemberRow(row));
  const role = members.find(({ userId }) => userId === viewerId)?.role ?? null;
  refuseIf(accessProblem(decideAccess(viewerId, padId, role, action), role, action));
  ctx.stash.members = members;
  return null;
}

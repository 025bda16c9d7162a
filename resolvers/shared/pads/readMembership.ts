import { type Context, type DynamoDBBatchGetItemRequest, runtime } from '@aws-appsync/utils';
import { accessProblem, decideAccess, PAD_NOT_FOUND } from '#domain/memo/access.ts';
import { MEMBER_NOT_FOUND } from '#domain/memo/pad.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { accessOf } from '#resolvers/shared/access.ts';
import { refuse, refuseIf } from '#resolvers/shared/refuse.ts';
import { foundRows, readRows, rowOf } from '#resolvers/shared/rows.ts';
import { memberRowKey, padRowKey, readPadRow, readRole } from '#table/memo/padRow.ts';
import { changeOf, noteChange } from './change.ts';

/**
 * The step that reads a pad, the viewer's membership and that of the user whom the change is about, at
 * once. Ends with NOT_FOUND (pad or member) or FORBIDDEN.
 */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  const { viewerId, padId } = accessOf(ctx);
  const { userId, isDone } = changeOf(ctx);
  if (isDone) return runtime.earlyReturn(null, { skipTo: 'END' });
  if (!isUlid(padId)) return refuse(PAD_NOT_FOUND);
  const isAnother = userId !== viewerId && isUlid(userId);
  const others = isAnother ? [memberRowKey({ padId, userId })] : [];
  return readRows(ctx, [padRowKey(padId), memberRowKey({ padId, userId: viewerId }), ...others]);
}

export function response(ctx: Context): unknown {
  const rows = foundRows(ctx);
  const access = accessOf(ctx);
  const { viewerId, padId, action } = access;
  const { userId } = changeOf(ctx);
  const viewerRole = readRole(rowOf(rows, memberRowKey({ padId, userId: viewerId })));
  const decision = decideAccess(viewerId, padId, viewerRole, action);
  refuseIf(accessProblem(decision, viewerRole, action));
  if (!isUlid(userId)) refuse(MEMBER_NOT_FOUND);
  const pad = readPadRow(rowOf(rows, padRowKey(padId)));
  if (!pad) refuse(PAD_NOT_FOUND);
  const role = readRole(rowOf(rows, memberRowKey({ padId, userId })));
  if (!role) refuse(MEMBER_NOT_FOUND);
  ctx.stash.access = { ...access, role: viewerRole };
  noteChange(ctx, { pad, role });
  return null;
}

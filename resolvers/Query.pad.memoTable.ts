import { type Context, type DynamoDBBatchGetItemRequest, runtime } from '@aws-appsync/utils';
import { PAD_NOT_FOUND } from '#domain/memo/access.ts';
import { padSeenAs, personalPad } from '#domain/memo/pad.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import { padSource } from '#resolvers/shared/pad.ts';
import { refuse } from '#resolvers/shared/refuse.ts';
import { foundRows, readRows, rowOf } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import { memberRowKey, padRowKey, readPadRow, readRole } from '#table/memo/padRow.ts';

/** The pad and the viewer's membership in one read; the personal pad costs none. */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  const userId = viewerId(ctx);
  const { id } = ctx.args;
  if (id === userId) return runtime.earlyReturn(padSource(personalPad(userId), userId));
  if (!isUlid(id)) return refuse(PAD_NOT_FOUND);
  return readRows(ctx, [padRowKey(id), memberRowKey({ padId: id, userId })]);
}

export function response(ctx: Context): unknown {
  const userId = viewerId(ctx);
  const { id } = ctx.args;
  const rows = foundRows(ctx);
  const pad = readPadRow(rowOf(rows, padRowKey(id)));
  const role = readRole(rowOf(rows, memberRowKey({ padId: id, userId })));
  return pad && role ? padSource(padSeenAs(role, pad), userId) : refuse(PAD_NOT_FOUND);
}

import { type Context, type DynamoDBBatchGetItemRequest, runtime } from '@aws-appsync/utils';
import { padSeenAs } from '#domain/memo/pad.ts';
import type { Membership } from '#domain/memo/padStore.ts';
import { foundRows, readRows, rowOf } from '#resolvers/shared/rows.ts';
import { viewerId } from '#resolvers/shared/viewer.ts';
import { memberRowKey, padRowKey, readMemberRow, readPadRow } from '#table/memo/padRow.ts';

/** A batch has 100 rows: so many pads with the viewer's memberships. */
const PADS_A_STEP = 50;

/** The step that reads the next pads that were named; what the index named in error is left out. */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  const userId = viewerId(ctx);
  const padIds: readonly string[] = ctx.stash.padIds;
  const next = padIds.slice(0, PADS_A_STEP);
  if (next.length === 0) return runtime.earlyReturn(null, { skipTo: 'END' });
  const keys = next.flatMap((padId) => [padRowKey(padId), memberRowKey({ padId, userId })]);
  return readRows(ctx, keys);
}

export function response(ctx: Context): unknown {
  const userId = viewerId(ctx);
  const rows = foundRows(ctx);
  const padIds: readonly string[] = ctx.stash.padIds;
  const read = padIds.slice(0, PADS_A_STEP).flatMap((padId): Membership[] => {
    const pad = readPadRow(rowOf(rows, padRowKey(padId)));
    const row = rowOf(rows, memberRowKey({ padId, userId }));
    if (!pad || !row) return [];
    const { role, since } = readMemberRow(row);
    return [{ pad: padSeenAs(role, pad), since }];
  });
  ctx.stash.padIds = padIds.slice(PADS_A_STEP);
  ctx.stash.memberships = [...ctx.stash.memberships, ...read];
  return null;
}

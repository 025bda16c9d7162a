/** What `Mutation.emptyTrash` has read of the trash; its `resolver.ts` has noted the time. */
import type { Context, DynamoDBQueryRequest } from '@aws-appsync/utils';
import { EMPTY_TRASH_MAX } from '#domain/memo/limits.ts';
import type { MemoSummary } from '#domain/memo/memo.ts';
import { placesOf } from '#domain/memo/place.ts';
import { expiredSince } from '#domain/memo/trash.ts';
import { type MemoRow, readSummaryRow } from '#table/memo/memoRow.ts';
import { accessOf } from './access.ts';
import { listMemos } from './listMemos.ts';
import { refuseFailure } from './refuse.ts';

/** For the `request` of a step. */
export function readTrash(ctx: Context, pinned: boolean): DynamoDBQueryRequest {
  return listMemos({
    padId: accessOf(ctx).padId,
    range: placesOf('TRASHED', pinned, null, expiredSince(ctx.stash.now)),
    order: 'OLDEST_FIRST',
    limit: EMPTY_TRASH_MAX,
  });
}

/** For its `response`. */
export function noteTrash(ctx: Context): readonly MemoSummary[] {
  refuseFailure(ctx);
  const read = ctx.result.items.flatMap((row: MemoRow) => readSummaryRow(row) ?? []);
  const trashed = [...(ctx.stash.trashed ?? []), ...read];
  ctx.stash.trashed = trashed;
  return trashed;
}

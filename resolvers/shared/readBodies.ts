import { type Context, type DynamoDBBatchGetItemRequest, runtime, util } from '@aws-appsync/utils';
import { passesFilter } from '#domain/memo/filter.ts';
import { PAGE_BODY_BYTES_MAX } from '#domain/memo/limits.ts';
import { cutToBytes } from '#domain/memo/page.ts';
import { type MemoRow, memoRowKey, readMemoRow } from '#table/memo/memoRow.ts';
import { accessOf } from './access.ts';
import { pageStashOf } from './memoPage.ts';
import { selectsBodies } from './pageSelection.ts';
import { refuseFailure, refuseLeftOut } from './refuse.ts';
import { memoTableOf } from './tables.ts';

/** Reads the memos of a page with their bodies, if those are selected: as many as 1 MB of them are. */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  const stash = pageStashOf(ctx);
  const { padId } = accessOf(ctx);
  if (!selectsBodies(ctx.info)) return runtime.earlyReturn(null);
  stash.cut = cutToBytes(stash.cut, PAGE_BODY_BYTES_MAX);
  const keys = stash.cut.shown.map(({ ulid }) =>
    util.dynamodb.toMapValues({ ...memoRowKey({ padId, ulid }) }),
  );
  if (keys.length === 0) return runtime.earlyReturn(null);
  return {
    operation: 'BatchGetItem',
    tables: { [memoTableOf(ctx)]: { keys, consistentRead: true } },
  };
}

/** A memo that was purged meanwhile, or that left the list, drops out of the page. */
export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  refuseLeftOut(ctx);
  const stash = pageStashOf(ctx);
  const rows: readonly (MemoRow | null)[] = ctx.result.data[memoTableOf(ctx)] ?? [];
  const memos = rows.flatMap((row) => readMemoRow(row) ?? []);
  stash.bodies = memos.filter((memo) => passesFilter(memo, stash.request.filter, stash.expired));
  return null;
}

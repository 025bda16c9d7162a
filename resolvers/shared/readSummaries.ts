import { type Context, type DynamoDBQueryRequest, runtime, util } from '@aws-appsync/utils';
import { cutPage, pageQuery } from '#domain/memo/page.ts';
import { expiredSince } from '#domain/memo/trash.ts';
import { type MemoRow, readSummaryRow } from '#table/memo/memoRow.ts';
import { accessOf } from './access.ts';
import { listMemos } from './listMemos.ts';
import { pageStashOf } from './memoPage.ts';
import { refuseFailure } from './refuse.ts';

/** Reads the summaries of a page by one query, and cuts the page out of them. */
export function request(ctx: Context): DynamoDBQueryRequest {
  const stash = pageStashOf(ctx);
  stash.expired = expiredSince(util.time.nowEpochMilliSeconds());
  const { range, limit } = pageQuery(stash.request, stash.expired);
  if (range === null) {
    stash.cut = { shown: [], end: null, hasNextPage: false };
    return runtime.earlyReturn(null);
  }
  return listMemos({ padId: accessOf(ctx).padId, range, order: 'NEWEST_FIRST', limit });
}

export function response(ctx: Context): unknown {
  refuseFailure(ctx);
  const stash = pageStashOf(ctx);
  const { first, filter } = stash.request;
  const summaries = ctx.result.items.flatMap((row: MemoRow) => readSummaryRow(row) ?? []);
  const more = (ctx.result.nextToken ?? null) !== null;
  stash.cut = cutPage({ summaries, more }, first, filter, stash.expired);
  return null;
}

/**
 * Cuts a page out of the summaries that one query read. Written in the APPSYNC_JS subset, because
 * both doors read this very file.
 */
import { cursorOf } from './cursor.ts';
import { dropsSummaries, type MemoFilter, passesFilter } from './filter.ts';
import { PAGE_SUMMARIES_READ_MAX } from './limits.ts';
import type { ListRequestRead } from './listInput.ts';
import type { MemoSummary } from './memo.ts';
import { isEmptyRange, type PlaceRange, placesOf } from './place.ts';

/** One page of memos, newest change first, pinned ones ahead. */
export interface MemoPage<Listed extends MemoSummary = MemoSummary> {
  readonly edges: readonly { readonly cursor: string; readonly memo: Listed }[];
  /** Whether there may be more behind `endCursor`. */
  readonly hasNextPage: boolean;
  /** Where the next page goes on; null when nothing was read. */
  readonly endCursor: string | null;
}

/** The one query of a page. */
export interface PageQuery {
  /** Null when there can be nothing. */
  readonly range: PlaceRange | null;
  readonly limit: number;
}

export interface PageCut {
  /** The summaries of the page. */
  readonly shown: readonly MemoSummary[];
  /** The last summary looked at, where the next page goes on; null when none was read. */
  readonly end: MemoSummary | null;
  /** Whether there may be more behind `end`. */
  readonly hasNextPage: boolean;
}

/** `expired`: what was put into the trash at that time or before counts as purged. */
export function pageQuery({ first, filter, after }: ListRequestRead, expired: string): PageQuery {
  const range = placesOf(
    filter.state,
    filter.pinned,
    after,
    filter.state === 'TRASHED' ? expired : null,
  );
  return {
    range: isEmptyRange(range) ? null : range,
    limit: dropsSummaries(filter) ? PAGE_SUMMARIES_READ_MAX : first + 1,
  };
}

/** `more`: whether there may be more behind the summaries read. The page holds at most `first`, and may be shorter. */
export function cutPage(
  { summaries, more }: { readonly summaries: readonly MemoSummary[]; readonly more: boolean },
  first: number,
  filter: MemoFilter,
  expiredSince: string,
): PageCut {
  const passing = summaries.filter((summary) => passesFilter(summary, filter, expiredSince));
  const shown = passing.slice(0, first);
  const last = shown.length === first ? shown.slice(-1) : summaries.slice(-1);
  return { shown, end: last[0] ?? null, hasNextPage: more || passing.length > first };
}

/** Ends a page before its bodies exceed `maxBytes`; the first memo is always in it. */
export function cutToBytes(page: PageCut, maxBytes: number): PageCut {
  let bytes = 0;
  let count = 0;
  for (const { bodyBytes } of page.shown) {
    bytes += bodyBytes;
    if (count > 0 && bytes > maxBytes) break;
    count += 1;
  }
  if (count === page.shown.length) return page;
  const shown = page.shown.slice(0, count);
  return { shown, end: shown.slice(-1)[0] ?? null, hasNextPage: true };
}

/**
 * The page of these memos, one for each summary shown, in any order; one that is missing drops out.
 * Cursors name the places that were listed: a memo written to meanwhile has moved ahead of the page.
 */
export function pageOf<Listed extends MemoSummary>(
  padId: string,
  { shown, end, hasNextPage }: PageCut,
  memos: readonly Listed[],
): MemoPage<Listed> {
  const edges = shown.flatMap((summary) => {
    const memo = memos.find(({ ulid }) => ulid === summary.ulid);
    return memo ? [{ cursor: cursorOf(padId, summary), memo }] : [];
  });
  return { edges, hasNextPage, endCursor: end === null ? null : cursorOf(padId, end) };
}

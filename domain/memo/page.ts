/**
 * Cuts a page out of the summaries that one query read. Written in the APPSYNC_JS subset, because
 * both doors read this very file.
 */
import { type MemoFilter, passesFilter } from './filter.ts';
import type { MemoSummary } from './memo.ts';

export interface PageCut {
  /** The summaries of the page. */
  readonly shown: readonly MemoSummary[];
  /** The last summary looked at, where the next page goes on; null when none was read. */
  readonly end: MemoSummary | null;
  /** Whether there may be more behind `end`. */
  readonly hasNextPage: boolean;
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

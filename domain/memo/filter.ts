/**
 * Which memos a list shows. Only state and pin narrow what is read; the rest is decided here, over
 * summaries read anyway. Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import type { MemoColor, MemoState, MemoSummary } from './memo.ts';

/** Null: of any kind. What is given combines with AND. */
export interface MemoFilter {
  readonly state: MemoState;
  readonly pinned: boolean | null;
  /** Memos that carry all of these. */
  readonly tags: readonly string[];
  readonly hasOpenTasks: boolean | null;
  readonly color: MemoColor | null;
}

/** Whether summaries must be looked at, because the range read holds memos that the filter drops. */
export function dropsSummaries({ tags, hasOpenTasks, color }: MemoFilter): boolean {
  return tags.length > 0 || hasOpenTasks !== null || color !== null;
}

/** `expiredSince`: what was put into the trash at that time or before counts as purged. */
export function passesFilter(
  summary: MemoSummary,
  filter: MemoFilter,
  expiredSince: string,
): boolean {
  return (
    summary.state === filter.state &&
    !isExpired(summary, expiredSince) &&
    (filter.pinned === null || summary.pinned === filter.pinned) &&
    (filter.color === null || summary.color === filter.color) &&
    (filter.hasOpenTasks === null || hasOpenTasks(summary) === filter.hasOpenTasks) &&
    filter.tags.every((tag) => summary.tags.indexOf(tag) !== -1)
  );
}

/** Whether the memo's time in the trash is over. */
export function isExpired({ trashedAt }: MemoSummary, expiredSince: string): boolean {
  return trashedAt !== null && trashedAt <= expiredSince;
}

const hasOpenTasks = ({ taskCount, doneTaskCount }: MemoSummary): boolean =>
  doneTaskCount < taskCount;

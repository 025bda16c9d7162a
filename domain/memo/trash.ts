/**
 * Time in the trash. Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import { epochSeconds, isoTime } from '#domain/clock.ts';
import { isExpired } from './filter.ts';
import { EMPTY_TRASH_MAX, TOMBSTONE_DAYS, TRASH_DAYS } from './limits.ts';
import type { Memo, MemoSummary } from './memo.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What was put into the trash at this time or before counts as purged, whether or not the table has deleted it yet. */
export function expiredSince(epochMs: number): string {
  return isoTime(epochMs - TRASH_DAYS * DAY_MS);
}

/** The memo, or null when its time in the trash is over. */
export function livingMemo(memo: Memo | null, epochMs: number): Memo | null {
  return memo && !isExpired(memo, expiredSince(epochMs)) ? memo : null;
}

/** When a tombstone made now may go, in seconds since 1970. */
export function tombstoneEnds(epochMs: number): number {
  return epochSeconds(epochMs + TOMBSTONE_DAYS * DAY_MS);
}

/** What one emptyTrash purges of these summaries of the trash: the 100 that were written to longest ago, the oldest first. */
export function longestUntouched(
  trashed: readonly MemoSummary[],
  expired: string,
): readonly MemoSummary[] {
  const living = trashed.filter((memo) => !isExpired(memo, expired));
  const ages = living.map(ageOf);
  ages.sort();
  return ages
    .slice(0, EMPTY_TRASH_MAX)
    .flatMap((age) => living.find((memo) => ageOf(memo) === age) ?? []);
}

/** Sorts by age; the ulid lets none be equal. */
const ageOf = ({ updatedAt, ulid }: MemoSummary): string => `${updatedAt}#${ulid}`;

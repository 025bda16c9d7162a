import { epochSeconds, isoTime } from '#domain/clock.ts';
import { isExpired } from './filter.ts';
import { TOMBSTONE_DAYS, TRASH_DAYS } from './limits.ts';
import type { Memo } from './memo.ts';

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

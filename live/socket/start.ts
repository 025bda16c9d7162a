import { readChangeCursor } from '#domain/memo/changeCursor.ts';
import type { ChangeLog, LogPosition } from '#domain/memo/changeLog.ts';
import { refused } from '#live/push/refusal.ts';

/** Where a subscription begins. */
export interface Start {
  readonly from: LogPosition;
  /** Where the log ended at least, before anything else was looked at. */
  readonly head: LogPosition;
  /** Whether the changes since `from` can't be told: it goes on from the log's end. */
  readonly reset: boolean;
}

/** What is longer ago is read faster as a list. */
export const REPLAY_CAP = 1_000;

/** Finds where to begin: behind the cursor `since`, or now. @throws SubscriptionRefused for what is no cursor */
export async function findStart(
  changes: ChangeLog,
  padId: string,
  since: string | null,
): Promise<Start> {
  const head = await changes.head(padId);
  if (since === null) return { from: head, head, reset: false };
  const from = readChangeCursor(since);
  if (!from) throw refused('Expected `since` to be the cursor of a change log.');
  return { from, head, reset: !(await isReachable(changes, padId, from, head)) };
}

async function isReachable(
  changes: ChangeLog,
  padId: string,
  from: LogPosition,
  head: LogPosition,
): Promise<boolean> {
  if (head.seq - from.seq > REPLAY_CAP) return false;
  if (from.seq === 0) return true;
  if (from.epoch !== head.epoch) return false;
  if (from.seq <= head.seq) return true;
  // The head may be a little behind; what a cursor names must be there.
  const [last] = await changes.read(padId, from.seq - 1, 1);
  return last?.seq === from.seq;
}

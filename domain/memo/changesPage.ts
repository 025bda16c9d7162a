/**
 * How a page of a change log is told: what is asked for, what the rows say, and the batch it becomes.
 * Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import type { Problem } from '#domain/errors.ts';
import type { Change } from './change.ts';
import { changeCursorOf, NO_LOG, readChangeCursor } from './changeCursor.ts';
import type { LoggedChange, LogHead, LogPosition } from './changeLog.ts';
import { CHANGES_PAGE_MAX, PAGE_BODY_BYTES_MAX, REPLAY_CHANGES_MAX } from './limits.ts';
import type { Memo } from './memo.ts';
import { readMemoId } from './memoId.ts';

/** Left out and null mean the same. */
export interface ReadChangesInput {
  readonly padId: string;
  /** A cursor of the pad's log; the log's end when left out. */
  readonly since?: string | null | undefined;
  /** How many at most, 1 to 100; 100 when left out. */
  readonly first?: number | null | undefined;
}

/** A change with the memo as it is now; null when it is purged, when memos were not asked for, and for a change of a pad. */
export interface ChangeWithMemo extends Change {
  readonly memo: Memo | null;
}

/** A stretch of a pad's change log, as Query.memoChanges answers it. */
export interface ChangeBatch<Told = ChangeWithMemo> {
  readonly padId: string;
  /** The cursor it starts behind. */
  readonly from: string;
  /** The cursor it reaches. */
  readonly to: string;
  /** Whether it reaches the end of the log. */
  readonly caughtUp: boolean;
  /** Whether the changes since `from` can't be told any more: there are none in it, `to` is the log's end. */
  readonly reset: boolean;
  readonly changes: readonly Told[];
}

export function changesInputProblem(input: ReadChangesInput): Problem | null {
  const { since, first } = input;
  const count = first ?? CHANGES_PAGE_MAX;
  if (count < 1 || count > CHANGES_PAGE_MAX || count % 1 !== 0) {
    return badInput(`Expected \`first\` to be 1 to ${CHANGES_PAGE_MAX}, got ${count}.`);
  }
  if (since === undefined || since === null || readChangeCursor(since)) return null;
  return badInput('Expected `since` to be a cursor of a change log, got another text.');
}

const badInput = (message: string): Problem => ({ code: 'BAD_USER_INPUT', message });

/** Where to read on, of an input without a problem; null for the end of the log. */
export function positionOf({ since }: ReadChangesInput): LogPosition | null {
  return since === undefined || since === null ? null : readChangeCursor(since);
}

/** What the log is asked for. The change at the cursor itself is read too: it tells whether the log is the one the cursor is of. */
export function readingOf({ first }: ReadChangesInput, since: LogPosition) {
  return { afterSeq: since.seq - 1, limit: (first ?? CHANGES_PAGE_MAX) + 2 };
}

/**
 * What the rows say. LOST: they are of another log, or of one that no longer reaches back. END_OR_LOST:
 * there are none, only the head tells which. MORE: a full page, at most so many may still be told.
 */
export type Found =
  | { readonly kind: 'LOST' | 'END_OR_LOST'; readonly changes: readonly LoggedChange[] }
  | { readonly kind: 'ALL' | 'MORE'; readonly changes: readonly LoggedChange[] };

export function findChanges(
  rows: readonly LoggedChange[],
  { first }: ReadChangesInput,
  since: LogPosition,
): Found {
  const [row] = rows;
  if (!row) return { kind: 'END_OR_LOST', changes: [] };
  if (!isSameLog(row, since) || row.seq > since.seq + 1) return { kind: 'LOST', changes: [] };
  const count = first ?? CHANGES_PAGE_MAX;
  const after = rows.filter(({ seq }) => seq > since.seq);
  return { kind: after.length > count ? 'MORE' : 'ALL', changes: after.slice(0, count) };
}

/** Whether the head must be read to tell what was found. */
export function needsHead({ kind }: Found): boolean {
  return kind !== 'ALL';
}

/** Whether what was found can't be told, so that the lists are to be read again. */
export function isReset({ kind }: Found, since: LogPosition, head: LogHead): boolean {
  if (kind === 'LOST') return true;
  if (kind === 'MORE') return head.seq - since.seq > REPLAY_CHANGES_MAX;
  return kind === 'END_OR_LOST' && !(head.seq === since.seq && isSameLog(head, since));
}

/** At its start every log goes on from a pad without one. */
function isSameLog({ epoch }: { readonly epoch: string }, since: LogPosition): boolean {
  return epoch === since.epoch || since.epoch === NO_LOG.epoch;
}

/** The end of a log, with nothing in it. */
export function endBatch(padId: string, head: LogHead): ChangeBatch<never> {
  return { ...emptyBatch(padId, head, head), caughtUp: true };
}

/** The changes since a cursor can't be told: the log goes on from its end. */
export function resetBatch(padId: string, since: LogPosition, head: LogHead): ChangeBatch<never> {
  return { ...emptyBatch(padId, since, head), reset: true };
}

/** What is told of what was found: as much of it as `shown` holds. */
export function pageBatch<Told>(
  padId: string,
  since: LogPosition,
  { kind, changes }: Found,
  shown: readonly Told[],
): ChangeBatch<Told> {
  const last = changes[shown.length - 1] ?? since;
  const caughtUp = kind !== 'MORE' && shown.length === changes.length;
  return { ...emptyBatch(padId, since, last), caughtUp, changes: shown };
}

function emptyBatch(padId: string, from: LogPosition, to: LogPosition): ChangeBatch<never> {
  return {
    padId,
    from: changeCursorOf(from),
    to: changeCursorOf(to),
    caughtUp: false,
    reset: false,
    changes: [],
  };
}

/** Memos read at once while nobody knows yet how large they are: ten of the largest are 3 MB. */
export const MEMOS_AT_ONCE = 10;

/** What is known of memos: null for one that is purged; nothing of those that were not read. */
export type KnownMemos = Readonly<Record<string, Memo | null>>;

export interface Fitted<Told> {
  readonly shown: readonly (Told & { readonly memo: Memo | null })[];
  /** Of their bodies, and of the one that was too much: it was read, too. */
  readonly bytes: number;
  /** WHOLE: all are in it. FULL: the next one's body would be too much. UNKNOWN: the next one's memo was not read. */
  readonly end: 'WHOLE' | 'FULL' | 'UNKNOWN';
}

/** Puts to each change the memo as it is now, and ends before their bodies exceed 1 MB; the first one whose memo is known is always in it. */
export function fitMemos<Told extends Change>(
  changes: readonly Told[],
  known: KnownMemos,
): Fitted<Told> {
  const shown: (Told & { readonly memo: Memo | null })[] = [];
  let bytes = 0;
  for (const change of changes) {
    const ulid = memoUlidOf(change);
    const memo = ulid === null ? null : known[ulid];
    if (memo === undefined) return { shown, bytes, end: 'UNKNOWN' };
    bytes += memo?.bodyBytes ?? 0;
    if (shown.length > 0 && bytes > PAGE_BODY_BYTES_MAX) return { shown, bytes, end: 'FULL' };
    shown.push({ ...change, memo });
  }
  return { shown, bytes, end: 'WHOLE' };
}

/** Null for what has no memo any more, or never had one. */
export function memoUlidOf({ kind, memoId }: Change): string | null {
  if (memoId === null || kind === 'DELETED') return null;
  return readMemoId(memoId)?.ulid ?? null;
}

/** The memos of some changes, each once. */
export function memoUlidsOf(changes: readonly Change[]): string[] {
  const ulids: string[] = [];
  for (const change of changes) {
    const ulid = memoUlidOf(change);
    if (ulid !== null && ulids.indexOf(ulid) < 0) ulids.push(ulid);
  }
  return ulids;
}

/** Of how many changes the memos should be read after those of the first `count`: no more than will fit if they are as large. */
export function likelyToFit({ bytes, end }: Fitted<Change>, count: number): number {
  if (end !== 'WHOLE') return 0;
  return bytes === 0
    ? CHANGES_PAGE_MAX
    : Math.floor(((PAGE_BODY_BYTES_MAX - bytes) * count) / bytes) + 1;
}

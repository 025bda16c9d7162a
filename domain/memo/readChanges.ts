import type { Viewer } from '#domain/viewer/viewer.ts';
import { requireViewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import type { Change } from './change.ts';
import { changeCursorOf, NO_LOG, readChangeCursor } from './changeCursor.ts';
import type { ChangeLog, LoggedChange, LogPosition } from './changeLog.ts';
import { CHANGES_PAGE_MAX, REPLAY_CHANGES_MAX } from './limits.ts';
import type { Memo } from './memo.ts';
import { badInput } from './memoErrors.ts';
import type { MemoPorts } from './memoPorts.ts';
import { withMemos } from './withMemos.ts';

export interface ReadChangesPorts extends Omit<MemoPorts, 'pause'> {
  readonly changes: ChangeLog;
}

/** Who reads: a viewer, or the live service on behalf of those who watch one pad. */
export interface ChangesReader {
  readonly viewer: Viewer | null;
  readonly watch: { readonly padId: string } | null;
}

/** Left out and null mean the same. */
export interface ReadChangesInput {
  readonly padId: string;
  /** A cursor of the pad's log; the log's end when left out. */
  readonly since?: string | null | undefined;
  /** How many at most, 1 to 100; 100 when left out. */
  readonly first?: number | null | undefined;
}

export interface ReadChangesOptions {
  readonly withMemos?: boolean;
  /** Is told how many bytes of bodies were read; what it throws refuses the page. */
  readonly afterBodies?: (bytes: number) => void;
}

/** A change with the memo as it is now; null when it is purged, when memos were not asked for, and for a change of a pad. */
export interface ChangeWithMemo extends Change {
  readonly memo: Memo | null;
}

/** A stretch of a pad's change log, as Query.memoChanges answers it. */
export interface ChangeBatch {
  readonly padId: string;
  /** The cursor it starts behind. */
  readonly from: string;
  /** The cursor it reaches. */
  readonly to: string;
  /** Whether it reaches the end of the log. */
  readonly caughtUp: boolean;
  /** Whether the changes since `from` can't be told any more: there are none in it, `to` is the log's end. */
  readonly reset: boolean;
  readonly changes: readonly ChangeWithMemo[];
}

/**
 * One page of a pad's change log: one strong query, and with memos one batch of those. The head is
 * read only when there is no cursor, at the end of a log whose last change is no longer told, and behind a full page.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT
 */
export async function readChanges(
  ports: ReadChangesPorts,
  { viewer, watch }: ChangesReader,
  input: ReadChangesInput,
  options: ReadChangesOptions = {},
): Promise<ChangeBatch> {
  const { padId } = input;
  if (watch?.padId !== padId) await authorize(ports.members, requireViewer(viewer), padId, 'READ');
  const { since, first } = readInput(input);
  const head = () => ports.changes.head(padId);
  if (!since) return batchOf(padId, await head(), { caughtUp: true });
  const found = await readAfter(ports.changes, padId, since, first);
  if (found === 'LOST') return batchOf(padId, since, { to: await head(), reset: true });
  const { changes, more } = found;
  if (more && (await head()).seq - since.seq > REPLAY_CHANGES_MAX) {
    return batchOf(padId, since, { to: await head(), reset: true });
  }
  const shown = options.withMemos
    ? await withMemos(ports, padId, changes, options.afterBodies)
    : changes.map((change) => ({ ...change, memo: null }));
  const caughtUp = !more && shown.length === changes.length;
  return batchOf(padId, since, {
    to: changes[shown.length - 1] ?? since,
    caughtUp,
    changes: shown,
  });
}

function readInput({ since, first }: ReadChangesInput) {
  const count = first ?? CHANGES_PAGE_MAX;
  if (!Number.isInteger(count) || count < 1 || count > CHANGES_PAGE_MAX) {
    throw badInput(`Expected \`first\` to be 1 to ${CHANGES_PAGE_MAX}, got ${count}.`);
  }
  const position = since == null ? null : readChangeCursor(since);
  if (since != null && !position) {
    throw badInput('Expected `since` to be a cursor of a change log, got another text.');
  }
  return { since: position, first: count };
}

/** The change at the cursor itself is read too: it tells whether the log is the one the cursor is of. */
async function readAfter(changes: ChangeLog, padId: string, since: LogPosition, first: number) {
  const rows = await changes.read(padId, since.seq - 1, first + 2);
  const after = rows.filter(({ seq }) => seq > since.seq);
  const found = { changes: after.slice(0, first), more: after.length > first };
  const [row] = rows;
  if (row) return continues(row, since) ? found : 'LOST';
  const head = await changes.head(padId);
  const isHere = head.seq === since.seq && isSameLog(head, since);
  return isHere ? found : 'LOST';
}

function continues(row: LoggedChange, since: LogPosition): boolean {
  return isSameLog(row, since) && row.seq <= since.seq + 1;
}

/** At its start every log goes on from a pad without one. */
function isSameLog({ epoch }: { readonly epoch: string }, since: LogPosition): boolean {
  return epoch === since.epoch || since.epoch === NO_LOG.epoch;
}

function batchOf(
  padId: string,
  from: LogPosition,
  { to = from, ...rest }: { readonly to?: LogPosition } & Partial<Omit<ChangeBatch, 'from' | 'to'>>,
): ChangeBatch {
  const [start, end] = [changeCursorOf(from), changeCursorOf(to)];
  return { padId, from: start, to: end, caughtUp: false, reset: false, changes: [], ...rest };
}

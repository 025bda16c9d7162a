/** The rows of the memo table that changes are told with: memos as they are now, and pads. */
import { type Context, util } from '@aws-appsync/utils';
import { decideAccess } from '#domain/memo/access.ts';
import type { Change } from '#domain/memo/change.ts';
import { type KnownMemos, memoUlidOf } from '#domain/memo/changesPage.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { padSeenAs, personalPad } from '#domain/memo/pad.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { livingMemo } from '#domain/memo/trash.ts';
import { type PadSource, padSource } from '#resolvers/shared/pad.ts';
import { refuse, refuseFailure, TOO_MANY_REQUESTS } from '#resolvers/shared/refuse.ts';
import { rowOf } from '#resolvers/shared/rows.ts';
import { memoTableOf } from '#resolvers/shared/tables.ts';
import { MEMO_PREFIX } from '#table/keys.ts';
import { type MemoRow, memoRowKey, readMemoRow } from '#table/memo/memoRow.ts';
import { memberRowKey, padRowKey, type ReadRow, readPadRow, readRole } from '#table/memo/padRow.ts';
import type { RowKey } from '#table/memo/tableWrite.ts';

/** What one batch reads at once. */
const ROWS_MAX = 100;

/** What is needed of changes beside themselves. */
export interface Needs {
  readonly memos: boolean;
  /** The pads that changes are about. */
  readonly pads: boolean;
  /** The pad that the memos are in. */
  readonly memoPad: boolean;
}

export interface WantedRows {
  /** Each once. */
  readonly keys: readonly RowKey[];
  /** How many of the changes they are for: the first of them. */
  readonly count: number;
}

/** The rows that the first changes are told with: of as many changes as one batch reads. */
export function wantedRows(
  padId: string,
  changes: readonly Change[],
  { memos, pads, memoPad }: Needs,
): WantedRows {
  let keys: RowKey[] = memoPad ? [padRowKey(padId)] : [];
  let count = 0;
  for (const change of changes) {
    const all = [
      ...(memos ? memoKeys(padId, change) : []),
      ...(pads ? padKeys(padId, change) : []),
    ];
    const more = all.filter((key) => !keys.some(({ PK, SK }) => PK === key.PK && SK === key.SK));
    if (keys.length + more.length > ROWS_MAX) break;
    keys = [...keys, ...more];
    count += 1;
  }
  return { keys, count };
}

function memoKeys(padId: string, change: Change): RowKey[] {
  const ulid = memoUlidOf(change);
  return ulid === null ? [] : [memoRowKey({ padId, ulid })];
}

/** The log of a personal pad tells of its owner's other pads: whether the owner is still a member is read with the pad. */
function padKeys(padId: string, { kind, aboutPadId }: Change): RowKey[] {
  if (kind !== 'PAD_CHANGED' || aboutPadId === null) return [];
  const pad = padRowKey(aboutPadId);
  return aboutPadId === padId ? [pad] : [pad, memberRowKey({ padId: aboutPadId, userId: padId })];
}

/** What a batch has found of the wanted rows. */
export interface FoundRows {
  readonly rows: readonly ReadRow[];
  /** Those that DynamoDB did not get to. */
  readonly leftOut: readonly RowKey[];
}

/** For the `response` of the step that has read them. Ends with RATE_LIMITED when a pad is missing among them. */
export function foundOf(ctx: Context): FoundRows {
  refuseFailure(ctx);
  const table = memoTableOf(ctx);
  const { data, unprocessedKeys } = ctx.result;
  const leftOut: readonly RowKey[] = unprocessedKeys?.[table] ?? [];
  // More than 16 MB of memos are no trouble: the page ends before the first that was left out.
  if (leftOut.some(({ SK }) => !SK.startsWith(MEMO_PREFIX))) refuse(TOO_MANY_REQUESTS);
  return { rows: (data[table] ?? []).filter((row: ReadRow | null) => row !== null), leftOut };
}

/** The memos of changes; null for those that are purged. */
export function knownMemos(
  padId: string,
  changes: readonly Change[],
  { rows, leftOut }: FoundRows,
): KnownMemos {
  const now = util.time.nowEpochMilliSeconds();
  const known: Record<string, Memo | null> = {};
  for (const change of changes) {
    const ulid = memoUlidOf(change);
    if (ulid !== null && known[ulid] === undefined) {
      const key = memoRowKey({ padId, ulid });
      const isLeftOut = leftOut.some(({ PK, SK }) => PK === key.PK && SK === key.SK);
      const row = rowOf(rows, key) as MemoRow | null;
      if (!isLeftOut) known[ulid] = livingMemo(readMemoRow(row), now);
    }
  }
  return known;
}

/** Who is told: nobody in person when both are null. */
export interface Asker {
  readonly viewerId: string | null;
  /** The viewer's in the watched pad. */
  readonly role: PadRole | null;
}

/** The pad that a change is about, as whoever watches `padId` may see it; null when that is none. */
export function padToldOf(
  { kind, aboutPadId }: Change,
  padId: string,
  asker: Asker,
  { rows }: FoundRows,
): PadSource | null {
  if (kind !== 'PAD_CHANGED' || aboutPadId === null) return null;
  if (aboutPadId === padId) return watchedPadOf(padId, asker, rows);
  const pad = readPadRow(rowOf(rows, padRowKey(aboutPadId)));
  const role = readRole(rowOf(rows, memberRowKey({ padId: aboutPadId, userId: padId })));
  const decision = decideAccess(padId, aboutPadId, role, 'READ');
  if (!pad || decision !== 'ALLOWED_MEMBER') return null;
  return padSource(padSeenAs(role ?? 'VIEWER', pad), '');
}

/** The watched pad itself: a personal one is never written. Null when it is deleted. */
export function watchedPadOf(
  padId: string,
  { viewerId, role }: Asker,
  rows: readonly ReadRow[],
): PadSource | null {
  const row = rowOf(rows, padRowKey(padId));
  if (viewerId === padId || (viewerId === null && !row)) {
    return padSource(personalPad(padId), padId);
  }
  const pad = readPadRow(row);
  return pad && padSource(padSeenAs(role ?? 'VIEWER', pad), '');
}

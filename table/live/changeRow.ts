/**
 * The change log's rows, as plain values. Written in the APPSYNC_JS subset, because both doors read
 * this very file.
 */
import type { ChangeKind } from '#domain/memo/change.ts';
import { NO_LOG } from '#domain/memo/changeCursor.ts';
import type { LoggedChange, LogHead } from '#domain/memo/changeLog.ts';
import { memoIdOf } from '#domain/memo/memoId.ts';
import { logKey, seqKey } from './keys.ts';

/** A change as it is kept: about 170 bytes, so that 24 of them are a read unit. What can be told from the rest is left out. */
export interface ChangeRow {
  readonly PK: string;
  /** Its number: 12 digits. */
  readonly SK: string;
  /** The log's epoch. */
  readonly e: string;
  /** What it did: a letter. */
  readonly k: string;
  /** Where it comes from, without its zeros ahead. */
  readonly s: string;
  /** When it may go, in seconds since 1970. */
  readonly t: number;
  /** The memo's ulid. */
  readonly m?: string;
  /** The pad it is about, if that is another. */
  readonly a?: string;
  /** Whose membership it ended. */
  readonly u?: string;
  /** The memo's version. */
  readonly v?: number;
  /** Whether there was more to tell. */
  readonly x?: boolean;
}

/** Where a log ends, as it is kept: see headWrites.ts. */
export interface HeadRow {
  readonly e?: string;
  readonly n?: number;
}

const LETTERS: Readonly<Record<ChangeKind, string>> = {
  CREATED: 'C',
  EDITED: 'E',
  DELETED: 'D',
  PAD_CHANGED: 'P',
  PAD_LEFT: 'L',
};
const KINDS: Readonly<Record<string, ChangeKind>> = {
  C: 'CREATED',
  E: 'EDITED',
  D: 'DELETED',
  P: 'PAD_CHANGED',
  L: 'PAD_LEFT',
};
const SOURCE_ZEROS = '0000000000000000000000000000000000000000';
const PAD_ID_END = 27;

export function toChangeRow(change: LoggedChange, endsAt: number): ChangeRow {
  const { padId, seq, memoId, aboutPadId, leftUserId, version, truncated } = change;
  return {
    PK: logKey(padId),
    SK: seqKey(seq),
    e: change.epoch,
    k: LETTERS[change.kind],
    s: withoutZeros(change.source),
    t: endsAt,
    ...(memoId === null ? {} : { m: memoId.slice(PAD_ID_END) }),
    ...(aboutPadId === null || aboutPadId === padId ? {} : { a: aboutPadId }),
    ...(leftUserId === null ? {} : { u: leftUserId }),
    ...(version > 0 ? { v: version } : {}),
    ...(truncated ? { x: true } : {}),
  };
}

function withoutZeros(source: string): string {
  const digits = source.split('');
  const start = digits.findIndex((digit) => digit !== '0');
  return start < 0 ? '' : source.slice(start);
}

export function readChangeRow(padId: string, row: ChangeRow): LoggedChange {
  const memoId = row.m === undefined ? null : memoIdOf({ padId, ulid: row.m });
  return {
    seq: +row.SK,
    kind: KINDS[row.k] ?? 'EDITED',
    padId,
    memoId,
    aboutPadId: memoId === null ? (row.a ?? padId) : null,
    version: row.v ?? 0,
    truncated: row.x ?? false,
    epoch: row.e,
    source: toSource(row.s),
    leftUserId: row.u ?? null,
  };
}

/** Sequence numbers of one length sort as texts. */
export function toSource(sequenceNumber: string): string {
  return `${SOURCE_ZEROS}${sequenceNumber}`.slice(-SOURCE_ZEROS.length);
}

/**
 * The changes that can still be told, of rows that were read in order. The table deletes what has
 * ended within days and in no order: what is behind the last that has ended, or is missing, is whole.
 */
export function readChangeRows(
  padId: string,
  rows: readonly ChangeRow[],
  nowSeconds: number,
): LoggedChange[] {
  let changes: LoggedChange[] = [];
  let end = 0;
  for (const row of rows) {
    const change = readChangeRow(padId, row);
    if (row.t <= nowSeconds || change.seq !== end + 1) changes = [];
    if (row.t > nowSeconds) changes.push(change);
    end = change.seq;
  }
  return changes;
}

/** Of a pad without a log the start of none. */
export function readHeadRow(row: HeadRow | null | undefined): LogHead {
  return { epoch: row?.e ?? NO_LOG.epoch, seq: row?.n ?? NO_LOG.seq };
}

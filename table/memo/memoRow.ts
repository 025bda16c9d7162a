/**
 * A memo's row in plain values. Written in the APPSYNC_JS subset, because both doors read this very
 * file; how DynamoDB wants values written is each door's own matter.
 */
import { epochMsOf, isoTime } from '#domain/clock.ts';
import { TRASH_DAYS } from '#domain/memo/limits.ts';
import type { Memo, MemoColor, MemoSummary } from '#domain/memo/memo.ts';
import { type MemoKey, memoIdOf } from '#domain/memo/memoId.ts';
import { placeOf, readPlace } from '#domain/memo/place.ts';
import { ulidTime } from '#domain/viewer/ulid.ts';
import { memoKey, padIdOfKey, padKey } from '#table/keys.ts';

export interface RowKey {
  readonly PK: string;
  readonly SK: string;
}

/** Of the table or, without a body, of the index. A tombstone has no place. Times are in milliseconds since 1970. */
export interface MemoRow extends RowKey {
  readonly place?: string;
  readonly version?: number;
  readonly title?: string;
  readonly body?: string;
  readonly excerpt?: string;
  readonly tags?: readonly string[];
  readonly color?: string;
  readonly createdAt?: number;
  readonly author?: string;
  readonly editor?: string;
  readonly tasks?: number;
  readonly doneTasks?: number;
  readonly bytes?: number;
  readonly trashedAt?: number;
  /** When it may go, in seconds since 1970. */
  readonly ttl?: number;
}

const TRASH_SECONDS = TRASH_DAYS * 24 * 60 * 60;

export function memoRowKey({ padId, ulid }: MemoKey): RowKey {
  return { PK: padKey(padId), SK: memoKey(ulid) };
}

/**
 * A memo as it is kept. State, pin and time of the last write are in `place` alone. Twenty summaries
 * shall cost 2 read units, so what can be told from the rest is left out: an author whose personal pad
 * it is, an editor who is the author, a creation at the time in the ulid, no tags, no colour, no tasks.
 */
export function toMemoRow(memo: Memo): MemoRow {
  const { padId, authorId, lastEditorId, trashedAt, tags, color } = memo;
  const createdAt = timeOf(memo.createdAt);
  return {
    ...memoRowKey(memo),
    place: placeOf(memo),
    version: memo.version,
    title: memo.title,
    body: memo.body,
    ...(memo.excerpt === '' ? {} : { excerpt: memo.excerpt }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(color === 'DEFAULT' ? {} : { color }),
    ...(createdAt === ulidTime(memo.ulid) ? {} : { createdAt }),
    ...(authorId === padId ? {} : { author: authorId }),
    ...(lastEditorId === authorId ? {} : { editor: lastEditorId }),
    ...(memo.taskCount === 0 ? {} : { tasks: memo.taskCount }),
    ...(memo.doneTaskCount === 0 ? {} : { doneTasks: memo.doneTaskCount }),
    ...(memo.bodyBytes === 0 ? {} : { bytes: memo.bodyBytes }),
    ...(trashedAt === null ? {} : trashTimes(timeOf(trashedAt))),
  };
}

/** Null for a missing row and for a tombstone. */
export function readMemoRow(row: MemoRow | null | undefined): Memo | null {
  const summary = row ? readSummaryRow(row) : null;
  return summary ? { ...summary, body: row?.body ?? '' } : null;
}

/** Null for a tombstone. */
export function readSummaryRow(row: MemoRow): MemoSummary | null {
  const place = readPlace(row.place ?? '');
  if (!place) return null;
  const padId = padIdOfKey(row.PK);
  const authorId = row.author ?? padId;
  return {
    ...place,
    id: memoIdOf({ padId, ulid: place.ulid }),
    padId,
    title: row.title ?? '',
    excerpt: row.excerpt ?? '',
    tags: row.tags ?? [],
    color: (row.color ?? 'DEFAULT') as MemoColor,
    version: row.version ?? 0,
    createdAt: isoTime(row.createdAt ?? ulidTime(place.ulid)),
    trashedAt: row.trashedAt == null ? null : isoTime(row.trashedAt),
    authorId,
    lastEditorId: row.editor ?? authorId,
    ...countsOf(row),
  };
}

function countsOf({ tasks, doneTasks, bytes }: MemoRow) {
  return { taskCount: tasks ?? 0, doneTaskCount: doneTasks ?? 0, bodyBytes: bytes ?? 0 };
}

/** The time to live is in whole seconds: never a moment too early. */
function trashTimes(trashedAt: number): Pick<MemoRow, 'trashedAt' | 'ttl'> {
  return { trashedAt, ttl: Math.ceil(trashedAt / 1000) + TRASH_SECONDS };
}

/** A memo's times are isoTime's texts. */
const timeOf = (isoText: string): number => epochMsOf(isoText) ?? 0;

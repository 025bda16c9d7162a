import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isoTime } from '#domain/clock.ts';
import { TRASH_DAYS } from '#domain/memo/limits.ts';
import type { Memo, MemoColor, MemoSummary } from '#domain/memo/memo.ts';
import { type MemoKey, memoIdOf } from '#domain/memo/memoId.ts';
import { placeOf, readPlace } from '#domain/memo/place.ts';
import { ulidTime } from '#domain/viewer/ulid.ts';
import { memoKey, padIdOfKey, padKey } from '#table/keys.ts';

export type Item = Record<string, AttributeValue>;

const TRASH_SECONDS = TRASH_DAYS * 24 * 60 * 60;

export function memoItemKey({ padId, ulid }: MemoKey): Item {
  return { PK: { S: padKey(padId) }, SK: { S: memoKey(ulid) } };
}

/**
 * A memo as it is kept. State, pin and time of the last write are in `place` alone. Twenty summaries
 * shall cost 2 read units, so what can be told from the rest is left out: an author whose personal pad
 * it is, an editor who is the author, a creation at the time in the ulid, no tags, no colour, no tasks.
 * Times are kept as numbers, in milliseconds since 1970.
 */
export function toMemoItem(memo: Memo): Item {
  const { padId, authorId, lastEditorId, trashedAt, tags, color } = memo;
  const createdAt = Date.parse(memo.createdAt);
  return {
    ...memoItemKey(memo),
    place: text(placeOf(memo)),
    version: number(memo.version),
    title: text(memo.title),
    body: text(memo.body),
    ...(memo.excerpt !== '' && { excerpt: text(memo.excerpt) }),
    ...(tags.length > 0 && { tags: { L: tags.map(text) } }),
    ...(color !== 'DEFAULT' && { color: text(color) }),
    ...(createdAt !== ulidTime(memo.ulid) && { createdAt: number(createdAt) }),
    ...(authorId !== padId && { author: text(authorId) }),
    ...(lastEditorId !== authorId && { editor: text(lastEditorId) }),
    ...(memo.taskCount > 0 && { tasks: number(memo.taskCount) }),
    ...(memo.doneTaskCount > 0 && { doneTasks: number(memo.doneTaskCount) }),
    ...(memo.bodyBytes > 0 && { bytes: number(memo.bodyBytes) }),
    ...(trashedAt !== null && trashTimes(Date.parse(trashedAt))),
  };
}

/** Null for a missing row and for a tombstone. */
export function readMemoItem(item: Item | undefined): Memo | null {
  const summary = item && readSummaryItem(item);
  return summary ? { ...summary, body: item.body?.S ?? '' } : null;
}

/** A row of the index, or of the table. Null for one without a place: a tombstone. */
export function readSummaryItem(item: Item): MemoSummary | null {
  const place = readPlace(item.place?.S ?? '');
  if (!place) return null;
  const padId = padIdOfKey(item.PK?.S ?? '');
  const authorId = item.author?.S ?? padId;
  return {
    ...place,
    id: memoIdOf({ padId, ulid: place.ulid }),
    padId,
    title: item.title?.S ?? '',
    excerpt: item.excerpt?.S ?? '',
    tags: (item.tags?.L ?? []).map((tag) => tag.S ?? ''),
    color: (item.color?.S ?? 'DEFAULT') as MemoColor,
    version: count(item.version),
    createdAt: readTime(item.createdAt) ?? isoTime(ulidTime(place.ulid)),
    trashedAt: readTime(item.trashedAt),
    authorId,
    lastEditorId: item.editor?.S ?? authorId,
    taskCount: count(item.tasks),
    doneTaskCount: count(item.doneTasks),
    bodyBytes: count(item.bytes),
  };
}

/** The time to live is in whole seconds: never a moment too early. */
function trashTimes(trashedAt: number): Item {
  return { trashedAt: number(trashedAt), ttl: number(Math.ceil(trashedAt / 1000) + TRASH_SECONDS) };
}

const text = (value: string): AttributeValue.SMember => ({ S: value });
const number = (value: number): AttributeValue.NMember => ({ N: String(value) });
const count = (value: AttributeValue | undefined): number => Number(value?.N ?? 0);
const readTime = (value: AttributeValue | undefined): string | null =>
  value?.N === undefined ? null : isoTime(Number(value.N));

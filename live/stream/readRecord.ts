import type { ChangeKind } from '#domain/memo/change.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import {
  INVITE_PREFIX,
  MEMBER_PREFIX,
  MEMO_PREFIX,
  PAD_SORT_KEY,
  padIdOfKey,
  padKey,
} from '#table/keys.ts';
import { toSource } from '#table/live/changeRow.ts';
import type { Image, StreamRecord } from './streamRecord.ts';

/** What a record says to the pad it is of. */
export interface Entry {
  readonly kind: ChangeKind;
  /** Null for a change of the pad itself. */
  readonly ulid: string | null;
  readonly version: number;
  readonly truncated: boolean;
  /** Whose membership it ended. */
  readonly leftUserId: string | null;
  /** In whose personal pads' logs it is told too, and how. */
  readonly told: { readonly to: string | 'ALL_MEMBERS'; readonly kind: ChangeKind } | null;
}

/** What is of no pad goes into no log; null for what changes nothing that anybody could watch. */
export function padIdOf({ dynamodb }: StreamRecord): string | null {
  // Not even its own shape is taken on trust: what can't be read must not keep the rest from being told.
  const key = String(dynamodb?.Keys?.PK?.S ?? '');
  const padId = padIdOfKey(key);
  return key === padKey(padId) && isUlid(padId) ? padId : null;
}

export function sourceOf({ dynamodb }: StreamRecord): string {
  return toSource(String(dynamodb?.SequenceNumber ?? ''));
}

/** Reads any record: one that makes no sense says that there is more than could be told. */
export function readRecord(record: StreamRecord): Entry | null {
  try {
    return readKnown(record);
  } catch {
    return UNREADABLE;
  }
}

function readKnown(record: StreamRecord): Entry | null {
  const key = record.dynamodb?.Keys?.SK?.S ?? '';
  if (key.startsWith(MEMO_PREFIX)) return readMemoRecord(key.slice(MEMO_PREFIX.length), record);
  if (key.startsWith(MEMBER_PREFIX)) {
    return readMemberRecord(key.slice(MEMBER_PREFIX.length), record);
  }
  if (key === PAD_SORT_KEY) return readPadRecord(record);
  return key.startsWith(INVITE_PREFIX) ? null : UNREADABLE;
}

const PLAIN = { ulid: null, version: 0, truncated: false, leftUserId: null, told: null } as const;
const UNREADABLE: Entry = { ...PLAIN, kind: 'PAD_CHANGED', truncated: true };

function readMemoRecord(ulid: string, { eventName, dynamodb = {} }: StreamRecord): Entry | null {
  const { OldImage: before, NewImage: after } = dynamodb;
  if (!isUlid(ulid)) return UNREADABLE;
  if (eventName === 'REMOVE') return removal(ulid, before);
  const version = versionOf(after);
  if (!after || version === null) return { ...PLAIN, ulid, kind: 'EDITED', truncated: true };
  if (isTombstone(after)) {
    // Purged once: what is written to a tombstone later is nothing new.
    return isTombstone(before) ? null : { ...PLAIN, kind: 'DELETED', ulid, version };
  }
  if (before && isSame(before, after)) return null;
  const isNew = eventName === 'INSERT' || isTombstone(before);
  return { ...PLAIN, kind: isNew ? 'CREATED' : 'EDITED', ulid, version };
}

/** A tombstone's memo is gone since it was purged; a memo that goes itself, its time in the trash over, goes now. */
function removal(ulid: string, before: Image | undefined): Entry | null {
  if (isTombstone(before)) return null;
  const version = versionOf(before);
  const truncated = version === null;
  return { ...PLAIN, kind: 'DELETED', ulid, version: (version ?? -1) + 1, truncated };
}

function readMemberRecord(
  userId: string,
  { eventName, dynamodb = {} }: StreamRecord,
): Entry | null {
  const { OldImage: before, NewImage: after } = dynamodb;
  if (before && after && isSame(before, after)) return null;
  const isLeaving = eventName === 'REMOVE';
  const told = { to: userId, kind: isLeaving ? 'PAD_LEFT' : 'PAD_CHANGED' } as const;
  const leftUserId = isLeaving ? userId : null;
  return { ...PLAIN, kind: 'PAD_CHANGED', leftUserId, told: isUlid(userId) ? told : null };
}

/** Members tell of themselves: that a pad is made or deleted, or how many it has, is said by their rows. */
function readPadRecord({ eventName, dynamodb = {} }: StreamRecord): Entry | null {
  const { OldImage: before, NewImage: after } = dynamodb;
  if (eventName !== 'MODIFY' || after?.deletedAt) return null;
  if (before?.name?.S === after?.name?.S && before) return null;
  return { ...PLAIN, kind: 'PAD_CHANGED', told: { to: 'ALL_MEMBERS', kind: 'PAD_CHANGED' } };
}

function isTombstone(image: Image | undefined): boolean {
  return image?.purged?.BOOL === true;
}

function versionOf(image: Image | undefined): number | null {
  const version = Number(image?.version?.N);
  return Number.isSafeInteger(version) && version > 0 ? version : null;
}

function isSame(one: Image, other: Image): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

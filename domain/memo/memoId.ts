/**
 * A memo's id, opaque to clients: `<padId>.<ulid>`, so that any door finds the memo with one read and
 * no index. Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import { isUlid } from '#domain/viewer/ulid.ts';

/** Where a memo is found. */
export interface MemoKey {
  readonly padId: string;
  readonly ulid: string;
}

const ULID_LENGTH = 26;

export function memoIdOf({ padId, ulid }: MemoKey): string {
  return `${padId}.${ulid}`;
}

/** Null for a text that can't be a memo's id: such a memo is not found, without a read. */
export function readMemoId(id: string): MemoKey | null {
  const padId = id.slice(0, ULID_LENGTH);
  const ulid = id.slice(ULID_LENGTH + 1);
  if (id.charAt(ULID_LENGTH) !== '.' || !isUlid(padId) || !isUlid(ulid)) return null;
  return { padId, ulid };
}

/**
 * What may be wrong with a request for memos. Written in the APPSYNC_JS subset, because both doors read
 * this very file.
 */
import type { Problem } from '#domain/errors.ts';
import type { Memo } from './memo.ts';

/** One answer for a memo that isn't there, that is purged and that the viewer may not read. */
export const MEMO_NOT_FOUND: Problem = {
  code: 'NOT_FOUND',
  message: 'Expected the id of a memo the viewer may read.',
};

/** A memo can't be made again once it was purged: whoever purged it would see it come back. */
export const PURGED_CONFLICT: Problem = {
  code: 'CONFLICT',
  message: 'Expected a ulid not used before, got that of a purged memo.',
};

/** Null for null. */
export function badInputProblem(message: string | null): Problem | null {
  return message === null ? null : { code: 'BAD_USER_INPUT', message };
}

/** A write that was made against another version; `details.current` is the memo as it is, its writable fields included. */
export function versionConflictProblem(memo: Memo, expectedVersion: number | null): Problem {
  const { id, version, title, body, tags, color, pinned, state } = memo;
  const message =
    expectedVersion === null
      ? `Others were writing the same memo at the same time; it is at version ${version}. Send the change again.`
      : `Expected the memo to be at version ${expectedVersion}, it is at version ${version}.`;
  const current = { id, version, title, body, tags, color, pinned, state };
  return { code: 'CONFLICT', message, details: { current } };
}

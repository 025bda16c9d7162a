import { MemopadError } from '#domain/errors.ts';
import type { Memo } from './memo.ts';

/** One answer for a memo that isn't there, that is purged and that the viewer may not read. */
export function memoNotFound(): MemopadError {
  return new MemopadError('NOT_FOUND', 'Expected the id of a memo the viewer may read.');
}

export function badInput(problem: string): MemopadError {
  return new MemopadError('BAD_USER_INPUT', problem);
}

/** A write that was made against another version; `details.current` is the memo as it is, its writable fields included. */
export function versionConflict(memo: Memo, expectedVersion: number | null): MemopadError {
  const { id, version, title, body, tags, color, pinned, state } = memo;
  const message =
    expectedVersion === null
      ? `Others were writing the same memo at the same time; it is at version ${version}. Send the change again.`
      : `Expected the memo to be at version ${expectedVersion}, it is at version ${version}.`;
  const current = { id, version, title, body, tags, color, pinned, state };
  return new MemopadError('CONFLICT', message, { current });
}

/** A memo can't be made again once it was purged: whoever purged it would see it come back. */
export function purgedConflict(): MemopadError {
  return new MemopadError(
    'CONFLICT',
    'Expected a ulid not used before, got that of a purged memo.',
  );
}

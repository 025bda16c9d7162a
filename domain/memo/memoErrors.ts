import { MemopadError, problemError } from '#domain/errors.ts';
import type { Memo } from './memo.ts';
import { MEMO_NOT_FOUND, PURGED_CONFLICT, versionConflictProblem } from './memoProblems.ts';

export function memoNotFound(): MemopadError {
  return problemError(MEMO_NOT_FOUND);
}

export function badInput(problem: string): MemopadError {
  return new MemopadError('BAD_USER_INPUT', problem);
}

export function versionConflict(memo: Memo, expectedVersion: number | null): MemopadError {
  return problemError(versionConflictProblem(memo, expectedVersion));
}

export function purgedConflict(): MemopadError {
  return problemError(PURGED_CONFLICT);
}

import type { Viewer } from '#domain/viewer/viewer.ts';
import { changeMemo } from './changeMemo.ts';
import { type ContentInput, contentOf, contentProblem } from './content.ts';
import type { Memo } from './memo.ts';
import { badInput } from './memoErrors.ts';
import type { MemoPorts } from './memoPorts.ts';

/** Left out and null mean the same: the field stays. */
export interface UpdateMemoInput extends ContentInput {
  readonly id: string;
  /** The version the change was made against. */
  readonly expectedVersion?: number | null | undefined;
}

/**
 * Changes the given fields, of a trashed memo too: a device that was away may send a change of a memo
 * that another one put into the trash, and what it sends must not get lost.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, CONFLICT with the memo as it is.
 */
export function updateMemo(
  ports: MemoPorts,
  viewer: Viewer | null,
  { id, expectedVersion, ...fields }: UpdateMemoInput,
): Promise<Memo> {
  const change = () => {
    const problem = contentProblem(fields);
    if (problem !== null) throw badInput(problem);
    return contentOf(fields);
  };
  return changeMemo(ports, viewer, { id, expectedVersion, change });
}

import type { Viewer } from '#domain/viewer/viewer.ts';
import { changeMemo } from './changeMemo.ts';
import type { Memo } from './memo.ts';
import { badInput } from './memoErrors.ts';
import type { MemoPorts } from './memoPorts.ts';
import { tickTask } from './tasks.ts';

export interface SetTaskDoneInput {
  readonly memoId: string;
  /** The task's place among the memo's tasks, from 0. */
  readonly index: number;
  readonly done: boolean;
  /** The version of the memo whose tasks were numbered. */
  readonly expectedVersion: number;
}

/**
 * Ticks or unticks one task; no other character of the body changes.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, BAD_USER_INPUT for an index without a task, CONFLICT with the memo as it is.
 */
export function setTaskDone(
  ports: MemoPorts,
  viewer: Viewer | null,
  { memoId, index, done, expectedVersion }: SetTaskDoneInput,
): Promise<Memo> {
  return changeMemo(ports, viewer, {
    id: memoId,
    expectedVersion,
    change({ body }) {
      const ticked = tickTask(body, index, done);
      if (ticked.body === null) throw badInput(ticked.problem ?? '');
      return { body: ticked.body };
    },
  });
}

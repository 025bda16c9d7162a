import type { WriteOutcome } from '#domain/memo/padStore.ts';
import { isConditionFailed, isTransactionConflict } from '#table/conditions.ts';
import type { Pause } from '#table/pause.ts';

const MAX_TRIES = 4;

/** Says what became of a write with conditions. One that lost to a write at the same time is tried up to 4 times. */
export async function writeUnlessChanged(
  write: () => Promise<unknown>,
  pause: Pause,
): Promise<WriteOutcome> {
  for (let count = 1; count <= MAX_TRIES; count += 1) {
    try {
      await write();
      return 'DONE';
    } catch (error) {
      if (isConditionFailed(error)) return 'CHANGED';
      if (!isTransactionConflict(error)) throw error;
      if (count < MAX_TRIES) await pause(count);
    }
  }
  return 'CHANGED';
}

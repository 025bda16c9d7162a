import type { Drain } from './drain.ts';

/** Drains a pad through every door that there is, at the same time: none waits for another, and none keeps another from it. */
export function drainAll(...doors: readonly (Drain | null)[]): Drain {
  const drains = doors.filter((drain) => drain !== null);
  return async (padId, known, isOver) => {
    const runs = await Promise.allSettled(drains.map((drain) => drain(padId, known, isOver)));
    for (const run of runs) if (run.status === 'rejected') throw run.reason;
  };
}

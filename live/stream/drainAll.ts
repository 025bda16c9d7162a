import type { Drain } from './drain.ts';

/**
 * How long a door is left alone with the machine: as a rule its watchers are told by then. Both at
 * once told the first door's watchers 5 ms later on two cores, and the second's not much earlier.
 */
const HEAD_START_MS = 25;

/**
 * Drains a pad through every door that there is: each begins when the one before is done, and never
 * later than 25 ms behind it. None keeps another from being drained.
 */
export function drainAll(...doors: readonly (Drain | null)[]): Drain {
  const drains = doors.filter((drain) => drain !== null);
  return async (padId, known, isOver) => {
    const runs: Promise<void>[] = [];
    for (const drain of drains) {
      await Promise.race([Promise.allSettled(runs), pass(HEAD_START_MS)]);
      runs.push(drain(padId, known, isOver));
    }
    for (const run of await Promise.allSettled(runs)) {
      if (run.status === 'rejected') throw run.reason;
    }
  };
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

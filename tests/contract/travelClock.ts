import type { Clock } from '#domain/clock.ts';

export interface TravelClock {
  readonly now: Clock;
  /** Runs an action so many milliseconds ahead of real time, and comes back. */
  later<Result>(ms: number, action: () => Promise<Result>): Promise<Result>;
}

/** Real time that can be left for a while. Tokens issued ahead are refused when one is back. */
export function createTravelClock(): TravelClock {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    async later(ms, action) {
      aheadMs += ms;
      try {
        return await action();
      } finally {
        aheadMs -= ms;
      }
    },
  };
}

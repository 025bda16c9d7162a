import type { Clock } from '#domain/clock.ts';

export interface TravelClock {
  readonly now: Clock;
  /** Runs an action so many milliseconds ahead of real time, and comes back. */
  later<Result>(ms: number, action: () => Promise<Result>): Promise<Result>;
}

/**
 * Real time that can be left for a while. Tokens issued ahead are refused when one is back.
 * @param aheadMs one number, which other threads may watch
 */
export function createTravelClock(
  aheadMs: Float64Array<ArrayBufferLike> = new Float64Array(1),
): TravelClock {
  const travel = (ms: number): void => {
    aheadMs[0] = (aheadMs[0] ?? 0) + ms;
  };
  return {
    now: () => Date.now() + (aheadMs[0] ?? 0),
    async later(ms, action) {
      travel(ms);
      try {
        return await action();
      } finally {
        travel(-ms);
      }
    },
  };
}

/** Tells the time in milliseconds since 1970, like `Date.now`; tests pass one that stands still. */
export type Clock = () => number;

/** `2026-01-31T09:30:00.000Z`: always UTC, always with milliseconds, so that texts sort like times. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** The unit of JWT claims (RFC 7519 `NumericDate`) and of DynamoDB's time to live. */
export function epochSeconds(epochMs: number): number {
  return Math.floor(epochMs / 1000);
}

import type { Clock } from '#domain/clock.ts';

/** `util.time`. */
export function createTime(clock: Clock) {
  return {
    nowISO8601: () => iso(clock()),
    nowEpochSeconds: () => Math.floor(clock() / 1000),
    nowEpochMilliSeconds: () => clock(),
    epochMilliSecondsToSeconds: (ms: number) => Math.floor(ms / 1000),
    epochMilliSecondsToISO8601: iso,
    parseISO8601ToEpochMilliSeconds,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function parseISO8601ToEpochMilliSeconds(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Error(`Unable to parse '${text}' as an ISO 8601 time`);
  return ms;
}

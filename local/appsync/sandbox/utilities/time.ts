import type { Clock } from '#domain/clock.ts';
import { formatTime, parseTime } from './timeFormat.ts';

/** `util.time`. https://docs.aws.amazon.com/appsync/latest/devguide/time-helpers-in-util-time-js.html */
export function createTime(clock: Clock) {
  return {
    nowISO8601: () => iso(clock()),
    nowEpochSeconds: () => Math.floor(clock() / 1000),
    nowEpochMilliSeconds: () => clock(),
    nowFormatted: (pattern: string, zone?: string) => formatTime(clock(), pattern, zone),
    epochMilliSecondsToSeconds: (epochMs: number) => Math.floor(epochMs / 1000),
    epochMilliSecondsToISO8601: iso,
    epochMilliSecondsToFormatted: formatTime,
    parseISO8601ToEpochMilliSeconds,
    parseFormattedToEpochMilliSeconds: parseTime,
  };
}

/** As Java's `Instant`, which has no `.000`: nobody may count on a length. */
function iso(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

function parseISO8601ToEpochMilliSeconds(text: string): number {
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs)) throw new Error(`Text '${text}' could not be parsed as ISO 8601`);
  return epochMs;
}

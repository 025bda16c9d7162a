import { util } from '@aws-appsync/utils';
import { isoTime } from '#domain/clock.ts';

/** Now, as ISO 8601 in UTC with milliseconds. AWS's own text of a time may leave zeros out. */
export function nowText(): string {
  return isoTime(util.time.nowEpochMilliSeconds());
}

const MINUTE_MS = 60_000;
const OFFSET = /^(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?$/;

/** @param zone `+09:00`, `Asia/Seoul`, `UTC`. @returns minutes east of UTC at that moment. @throws for an unknown zone */
export function offsetMinutes(zone: string, epochMs: number): number {
  if (['Z', 'UTC', 'GMT'].includes(zone)) return 0;
  const [, sign, hours, minutes = '0'] = OFFSET.exec(zone) ?? [];
  if (sign) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return Math.round((wallClockMs(zone, epochMs) - epochMs) / MINUTE_MS);
}

/** The moment when clocks of a zone show this time (given as if they were in UTC). */
export function momentOf(zone: string, shownMs: number): number {
  // The offset before is the one that counts where clocks are set forth or back.
  const before = shownMs - offsetMinutes(zone, shownMs) * MINUTE_MS;
  return shownMs - offsetMinutes(zone, before) * MINUTE_MS;
}

/** `+0900`, with a separator `+09:00`. */
export function offsetText(minutes: number, separator: string): string {
  const absolute = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}${separator}${two(absolute % 60)}`;
}

function wallClockMs(timeZone: string, epochMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(epochMs);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const date = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return date + (((epochMs % 1000) + 1000) % 1000);
}

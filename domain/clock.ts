/**
 * Times as numbers and as texts. Written in the APPSYNC_JS subset (no Date, regex, throw or loops),
 * because both doors read this very file.
 */

/** Tells the time in milliseconds since 1970, like `Date.now`; tests pass one that stands still. */
export type Clock = () => number;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * `2026-01-31T09:30:00.000Z`: always UTC, always with milliseconds, so that texts sort like times.
 * The same text as `Date.toISOString` gives, for whole milliseconds from the year 0 on.
 */
export function isoTime(epochMs: number): string {
  const days = Math.floor(epochMs / DAY_MS);
  const ms = epochMs - days * DAY_MS;
  const { year, month, day } = dateOf(days);
  const yearText = year > 9999 ? `+${digits(year, 6)}` : digits(year, 4);
  const date = `${yearText}-${digits(month, 2)}-${digits(day, 2)}`;
  const hour = digits(Math.floor(ms / HOUR_MS), 2);
  const minute = digits(Math.floor(ms / MINUTE_MS) % 60, 2);
  const second = digits(Math.floor(ms / SECOND_MS) % 60, 2);
  return `${date}T${hour}:${minute}:${second}.${digits(ms % SECOND_MS, 3)}Z`;
}

/**
 * The milliseconds since 1970 of an ISO 8601 date and time with a zone, such as
 * `2026-01-31T09:30:00.000Z` or `2026-01-31T10:30+01:00`: seconds and up to 9 digits of their fraction
 * may be left out, what is finer than a millisecond is dropped. Null for any other text, and for a
 * date that no calendar has.
 */
export function epochMsOf(text: string): number | null {
  const [date = '', rest = ''] = splitAt(text, text.indexOf('T'));
  const zoneAt = zoneStart(rest);
  const offsetMs = readZone(rest.slice(zoneAt));
  const days = readDate(date);
  const timeMs = readTime(rest.slice(0, zoneAt));
  if (days === null || timeMs === null || offsetMs === null) return null;
  return days * DAY_MS + timeMs - offsetMs;
}

/** The unit of JWT claims (RFC 7519 `NumericDate`) and of DynamoDB's time to live. */
export function epochSeconds(epochMs: number): number {
  return Math.floor(epochMs / SECOND_MS);
}

/** The texts around the character at a place; the whole text and an empty one when it is -1. */
function splitAt(text: string, place: number): string[] {
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}

function zoneStart(time: string): number {
  const place = time.split('').findIndex((character) => 'Z+-'.indexOf(character) >= 0);
  return place < 0 ? time.length : place;
}

function readZone(zone: string): number | null {
  if (zone === 'Z') return 0;
  const hours = readNumber(zone.slice(1, 3), 2);
  const minutes = readNumber(zone.slice(4, 6), 2);
  if (zone.length !== 6 || zone.charAt(3) !== ':' || hours === null || minutes === null)
    return null;
  if (hours > 23 || minutes > 59) return null;
  const ahead = hours * HOUR_MS + minutes * MINUTE_MS;
  return zone.charAt(0) === '-' ? -ahead : ahead;
}

/** Days since 1970. */
function readDate(date: string): number | null {
  const [year, month, day] = [
    readNumber(date.slice(0, 4), 4),
    readNumber(date.slice(5, 7), 2),
    readNumber(date.slice(8), 2),
  ];
  if (year === null || month === null || day === null) return null;
  if (date.charAt(4) !== '-' || date.charAt(7) !== '-') return null;
  if (month < 1 || month > 12 || day < 1) return null;
  const days = daysOf(year, month, day);
  return dateOf(days).day === day ? days : null;
}

/** `09:30`, `09:30:00` or `09:30:00.123456789`; 24:00 is the end of the day (ISO 8601:2004). */
function readTime(time: string): number | null {
  const hour = readNumber(time.slice(0, 2), 2);
  const minute = readNumber(time.slice(3, 5), 2);
  if (hour === null || minute === null || time.charAt(2) !== ':') return null;
  const seconds = readSeconds(time.slice(5));
  if (seconds === null || hour > 24 || minute > 59) return null;
  if (hour === 24 && minute + seconds > 0) return null;
  return hour * HOUR_MS + minute * MINUTE_MS + seconds;
}

/** In milliseconds. */
function readSeconds(text: string): number | null {
  if (text === '') return 0;
  const [whole = '', fraction = ''] = splitAt(text, text.indexOf('.'));
  const seconds = readNumber(whole.slice(1), 2);
  if (seconds === null || seconds > 59 || whole.charAt(0) !== ':') return null;
  if (text.length === whole.length) return seconds * SECOND_MS;
  if (fraction.length > 9 || readNumber(fraction, fraction.length) === null) return null;
  const ms = readNumber(`${fraction}00`.slice(0, 3), 3);
  return ms === null || fraction === '' ? null : seconds * SECOND_MS + ms;
}

/** Null unless it is exactly so many decimal digits. */
function readNumber(text: string, length: number): number | null {
  const values = text.split('').map((character) => '0123456789'.indexOf(character));
  if (values.length !== length || values.some((value) => value < 0)) return null;
  return values.reduce((number, value) => number * 10 + value, 0);
}

function digits(number: number, length: number): string {
  return `000000${number}`.slice(-length);
}

const DAYS_IN_ERA = 146_097;

/**
 * Days since 1970 of a date of the Gregorian calendar, counted in eras of 400 years that begin in March:
 * https://howardhinnant.github.io/date_algorithms.html
 */
function daysOf(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_ERA + dayOfEra - 719_468;
}

/** The way back. */
function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / DAYS_IN_ERA);
  const dayOfEra = shifted - era * DAYS_IN_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

import { offsetText } from './timeZone.ts';

/** A time as clocks and calendars show it. */
export interface Shown {
  readonly date: Date;
  readonly zone: string;
  readonly offsetMinutes: number;
}

/** What a text says of a time; what it doesn't say is absent. */
export interface Read {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  /** From 0 to 11. */
  hourOfHalf?: number;
  half?: 'AM' | 'PM';
  minute?: number;
  second?: number;
  millisecond?: number;
  zone?: string;
}

/** One letter of a pattern, as Java's DateTimeFormatter has them. */
interface Letter {
  /** @param count how often it stands there */
  readonly write: (shown: Shown, count: number) => string;
  /** A regular expression for what it stands for; without it the letter can't be read. */
  readonly pattern?: (count: number) => string;
  readonly read?: (text: string, into: Read, count: number) => void;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_MS = 86_400_000;

const year: Letter = {
  write: ({ date }, count) =>
    count === 2 ? padded(date.getUTCFullYear() % 100, 2) : padded(date.getUTCFullYear(), count),
  pattern: (count) => (count === 2 ? '\\d{2}' : `\\d{${count},}`),
  read: (text, into, count) => {
    into.year = count === 2 ? 2000 + Number(text) : Number(text);
  },
};

const month: Letter = {
  write: ({ date }, count) => {
    const name = MONTHS[date.getUTCMonth()] ?? '';
    if (count >= 4) return name;
    return count === 3 ? name.slice(0, 3) : padded(date.getUTCMonth() + 1, count);
  },
  pattern: (count) => (count > 2 ? names(MONTHS, count) : digits(count)),
  read: (text, into, count) => {
    const isNamed = (name: string) => name.startsWith(text.slice(0, 3));
    into.month = count > 2 ? MONTHS.findIndex(isNamed) + 1 : Number(text);
  },
};

const dayName: Letter = {
  write: ({ date }, count) => (DAYS[date.getUTCDay()] ?? '').slice(0, count < 4 ? 3 : undefined),
  pattern: (count) => names(DAYS, count),
  read: () => {},
};

const half: Letter = {
  write: ({ date }) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  pattern: () => 'AM|PM',
  read: (text, into) => {
    into.half = text === 'AM' ? 'AM' : 'PM';
  },
};

const fraction: Letter = {
  write: ({ date }, count) =>
    padded(date.getUTCMilliseconds(), 3).padEnd(count, '0').slice(0, count),
  pattern: (count) => `\\d{${count}}`,
  read: (text, into) => {
    into.millisecond = Number(text.slice(0, 3).padEnd(3, '0'));
  },
};

const zoneName: Letter = {
  write: ({ zone }) => zone,
  pattern: () => '[A-Za-z]+(?:/[A-Za-z_]+)*|[+-]\\d{2}:?\\d{2}',
  read: (text, into) => {
    into.zone = text;
  },
};

/** @param zulu what stands for UTC itself, if anything does */
function offset(zulu: string | null, isShort: boolean): Letter {
  return {
    write: ({ offsetMinutes }, count) => {
      if (zulu !== null && offsetMinutes === 0) return zulu;
      const text = offsetText(offsetMinutes, count === 5 || (isShort && count === 3) ? ':' : '');
      return isShort && count === 1 && text.endsWith('00') ? text.slice(0, -2) : text;
    },
    pattern: () => 'Z|[+-]\\d{2}(?::?\\d{2})?',
    read: (text, into) => {
      into.zone = text;
    },
  };
}

/** https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html#patterns, without weeks, eras, quarters, localized forms. */
export const LETTERS: Readonly<Record<string, Letter>> = {
  y: year,
  u: year,
  M: month,
  L: month,
  d: number('day', ({ date }) => date.getUTCDate()),
  D: { write: ({ date }, count) => padded(dayOfYear(date), count) },
  E: dayName,
  a: half,
  H: number('hour', ({ date }) => date.getUTCHours()),
  k: { write: ({ date }, count) => padded(date.getUTCHours() || 24, count) },
  h: number(
    'hourOfHalf',
    ({ date }) => date.getUTCHours() % 12 || 12,
    (hour) => hour % 12,
  ),
  K: number('hourOfHalf', ({ date }) => date.getUTCHours() % 12),
  m: number('minute', ({ date }) => date.getUTCMinutes()),
  s: number('second', ({ date }) => date.getUTCSeconds()),
  S: fraction,
  V: zoneName,
  z: zoneName,
  X: offset('Z', true),
  x: offset(null, true),
  Z: offset(null, false),
};

function number(
  field: 'day' | 'hour' | 'hourOfHalf' | 'minute' | 'second',
  of: (shown: Shown) => number,
  toField: (value: number) => number = (value) => value,
): Letter {
  return {
    write: (shown, count) => padded(of(shown), count),
    pattern: digits,
    read: (text, into) => {
      into[field] = toField(Number(text));
    },
  };
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function digits(count: number): string {
  return count === 1 ? '\\d{1,2}' : `\\d{${count}}`;
}

function names(all: readonly string[], count: number): string {
  return all.map((name) => (count < 4 ? name.slice(0, 3) : name)).join('|');
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;
}

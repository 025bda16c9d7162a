import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { epochMsOf, isoTime } from '#domain/clock.ts';

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What JavaScript's own calendar makes of a text; null for a date that it moves into the next month. */
function byDate(text: string): number | null {
  const day = DATE_TIME.exec(text)?.[1];
  const time = Date.parse(text);
  if (day === undefined || Number.isNaN(time)) return null;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? time : null;
}

const YEAR_0 = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_ULID = 2 ** 48 - 1;

describe('isoTime', () => {
  test('gives the texts of JavaScript’s own calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: YEAR_0, max: LAST_ULID }), (ms) => {
        expect(isoTime(ms)).toBe(new Date(ms).toISOString());
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([0, -1, 951_782_400_000, 951_868_799_999, 253_402_300_799_999, 253_402_300_800_000])(
    'gives them at the edge %d, too',
    (ms) => {
      expect(isoTime(ms)).toBe(new Date(ms).toISOString());
    },
  );
});

describe('epochMsOf', () => {
  test('reads what isoTime writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: YEAR_0, max: 253_402_300_799_999 }), (ms) => {
        expect(epochMsOf(isoTime(ms))).toBe(ms);
      }),
    );
  });

  test('reads every form of date and time as JavaScript’s own calendar does', () => {
    const two = (max: number) =>
      fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));
    const fraction = fc
      .array(fc.integer({ min: 0, max: 9 }), { maxLength: 10 })
      .map((figures) => (figures.length === 0 ? '' : `.${figures.join('')}`));
    const text = fc
      .tuple(
        fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, '0')),
        two(13),
        two(32),
        two(25),
        two(60),
        fc.oneof(
          fc.constant(''),
          fc.tuple(two(60), fraction).map(([s, f]) => `:${s}${f}`),
        ),
        fc.oneof(
          fc.constant('Z'),
          fc.tuple(fc.constantFrom('+', '-'), two(24), two(60)).map(([s, h, m]) => `${s}${h}:${m}`),
        ),
      )
      .map(([y, mo, d, h, mi, s, zone]) => `${y}-${mo}-${d}T${h}:${mi}${s}${zone}`);
    fc.assert(
      fc.property(text, (one) => {
        expect(epochMsOf(one)).toBe(byDate(one));
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    '',
    'now',
    '2026-01-31',
    '2026-01-31T09:30:00',
    '2026-01-31T09:30:00.Z',
    '2026-01-31T09:30:00.0000000000Z',
    '2026-02-29T09:30:00Z',
    '2026-01-31T09:30:00+0100',
    '2026-01-31T09:30:00+01:00:00',
    '2026-01-31 09:30:00Z',
    '2026-1-31T09:30:00Z',
    '2026/01/31T09:30:00Z',
    '2026-01-31T24:00:01Z',
    '+002026-01-31T09:30:00Z',
    '2026-01-31T09:30:00Zand more',
    '2026-01-31T9:30:00Z',
    '2026-01-31T09.30:00Z',
    '2026-01-31T09:30:Z',
    '2026-01-31TZ',
  ])('does not take %j for a time', (text) => {
    expect(epochMsOf(text)).toBeNull();
    expect(byDate(text)).toBeNull();
  });

  test('changes any text into a time or null, never into NaN', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123459-:TZ+. ') }), (text) => {
        expect(epochMsOf(text)).toBe(byDate(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

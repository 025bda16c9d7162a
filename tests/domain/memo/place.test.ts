import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Place, type PlaceRange, placeOf, placesOf, readPlace } from '#domain/memo/place.ts';
import { aNearUlid, aPlace, aState, aTime } from '#tests/support/memoArbitraries.ts';

const holds = ({ low, high }: PlaceRange, place: string) => low <= place && place <= high;
const aPin = fc.constantFrom(true, false, null);

/** How a list sorts, said in another way than by comparing texts. */
function compare(one: Place, other: Place): number {
  return (
    Number(one.pinned) - Number(other.pinned) ||
    Date.parse(one.updatedAt) - Date.parse(other.updatedAt) ||
    (one.ulid < other.ulid ? -1 : Number(one.ulid > other.ulid))
  );
}

describe('a place', () => {
  test('tells state, pin, time and ulid', () => {
    const place = {
      state: 'ARCHIVED',
      pinned: true,
      updatedAt: '2026-01-31T09:30:00.000Z',
      ulid: '01KG9P6JE0N1M09740YSBZSW1H',
    } as const;
    expect(placeOf(place)).toBe('B1#2026-01-31T09:30:00.000Z#01KG9P6JE0N1M09740YSBZSW1H');
    fc.assert(
      fc.property(aPlace, (one) => {
        expect(readPlace(placeOf(one))).toEqual(one);
      }),
    );
  });

  test('sorts like the memos of a list: by pin, time and ulid', () => {
    fc.assert(
      fc.property(aPlace, aPlace, (one, { state: _, ...rest }) => {
        const other = { ...rest, state: one.state };
        const [a, b] = [placeOf(one), placeOf(other)];
        expect(a < b ? -1 : Number(a > b)).toBe(Math.sign(compare(one, other)));
      }),
    );
  });

  test.each([
    '',
    'A1',
    'C1#2026-01-31T09:30:00.000Z#01KG9P6JE0N1M09740YSBZSW1H',
    'A2#2026-01-31T09:30:00.000Z#01KG9P6JE0N1M09740YSBZSW1H',
    'A1_2026-01-31T09:30:00.000Z#01KG9P6JE0N1M09740YSBZSW1H',
    'A1#2026-01-31T09:30:00.000Z_01KG9P6JE0N1M09740YSBZSW1H',
    'A1#2026-01-31 09:30:00.000Z#01KG9P6JE0N1M09740YSBZSW1H',
    'A1#2026-01-31T09:30:00.00xZ#01KG9P6JE0N1M09740YSBZSW1H',
    'A1#2026-01-31T09:30:00.000Z#01KG9P6JE0N1M09740YSBZSW1',
    'A1#2026-01-31T09:30:00.000Z#01KG9P6JE0N1M09740YSBZSW1H~',
    'A1#2026-01-31T09:30:00.000Z#91KG9P6JE0N1M09740YSBZSW1H',
  ])('is not %j', (text) => {
    expect(readPlace(text)).toBeNull();
  });
});

describe('placesOf', () => {
  test('holds exactly the places of a state, and of a pin if one is given', () => {
    fc.assert(
      fc.property(aPlace, aState, aPin, (place, state, pinned) => {
        const range = placesOf(state, pinned, null, null);
        const belongs = place.state === state && (pinned === null || place.pinned === pinned);
        expect(holds(range, placeOf(place))).toBe(belongs);
      }),
    );
  });

  test('holds exactly the places behind a cursor', () => {
    fc.assert(
      fc.property(aPlace, aPlace, aPin, (cursor, place, pin) => {
        const pinned = pin === null ? null : cursor.pinned;
        const range = placesOf(cursor.state, pinned, placeOf(cursor), null);
        const inList = place.state === cursor.state && (pin === null || place.pinned === pinned);
        expect(holds(range, placeOf(place))).toBe(inList && compare(place, cursor) < 0);
      }),
      { numRuns: 1000 },
    );
  });

  test('tells neighbours apart that differ in the last characters of their ulids, and a place from itself', () => {
    fc.assert(
      fc.property(aPlace, aNearUlid, aNearUlid, (place, ulid, otherUlid) => {
        const cursor = { ...place, ulid };
        const range = placesOf(place.state, null, placeOf(cursor), null);
        expect(holds(range, placeOf({ ...place, ulid: otherUlid }))).toBe(otherUlid < ulid);
        expect(holds(range, placeOf(cursor))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('holds, since a time, every place from then on and none that is older and not pinned', () => {
    fc.assert(
      fc.property(aPlace, aTime, ({ state, ...place }, since) => {
        const range = placesOf('TRASHED', null, null, since);
        const held = holds(range, placeOf({ ...place, state: 'TRASHED' }));
        expect(held).toBe(place.pinned || place.updatedAt >= since);
      }),
    );
  });
});

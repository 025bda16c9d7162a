import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cursorOf, readCursor } from '#domain/memo/cursor.ts';
import { placeOf } from '#domain/memo/place.ts';
import { aPlace, aState, aUlid } from '#tests/support/memoArbitraries.ts';

describe('a cursor', () => {
  test('names the kind of its list, the pad and the place', () => {
    const place = {
      state: 'ACTIVE',
      pinned: false,
      updatedAt: '2026-01-31T09:30:00.000Z',
      ulid: '01KG9P6JE0N1M09740YSBZSW1H',
    } as const;
    expect(cursorOf('01KG9P6JE00000000000000000', place)).toBe(
      'memos.01KG9P6JE00000000000000000.A0#2026-01-31T09:30:00.000Z#01KG9P6JE0N1M09740YSBZSW1H',
    );
  });

  test('is read back by its own list, with the pin in the filter or not', () => {
    fc.assert(
      fc.property(aUlid, aPlace, fc.boolean(), (padId, place, filtered) => {
        const list = { state: place.state, pinned: filtered ? place.pinned : null };
        const reading = readCursor(cursorOf(padId, place), padId, list);
        expect(reading).toEqual({ place: placeOf(place), problem: null });
      }),
    );
  });

  test('is refused by every other list', () => {
    fc.assert(
      fc.property(aUlid, aUlid, aPlace, aState, (padId, otherPad, place, state) => {
        const cursor = cursorOf(padId, place);
        const refused = (pad: string, list: Parameters<typeof readCursor>[2]) => {
          const { place: read, problem } = readCursor(cursor, pad, list);
          expect(read).toBeNull();
          expect(problem).toMatch(/^Expected `after` to be a cursor of this list/);
        };
        if (otherPad !== padId) refused(otherPad, { state: place.state, pinned: null });
        if (state !== place.state) refused(padId, { state, pinned: null });
        refused(padId, { state: place.state, pinned: !place.pinned });
      }),
    );
  });

  test('is no other text, and none that was cut, stretched or changed in its shape', () => {
    fc.assert(
      fc.property(aUlid, aPlace, fc.string(), fc.nat(86), (padId, place, text, index) => {
        const cursor = cursorOf(padId, place);
        const list = { state: place.state, pinned: null };
        const shortened = cursor.slice(0, index) + cursor.slice(index + 1);
        const changed = `${cursor.slice(0, index)}~${cursor.slice(index + 1)}`;
        for (const other of [text, shortened, changed, `${cursor}0`, ` ${cursor}`]) {
          expect(readCursor(other, padId, list).place).toBeNull();
        }
      }),
    );
  });
});

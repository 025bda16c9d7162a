import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PadMember } from '#domain/memo/pad.ts';
import { longestFirst, newestFirst } from '#domain/memo/padOrder.ts';
import type { Membership } from '#domain/memo/padStore.ts';

/** Few different times, so that many are equal. */
const since = fc.integer({ min: 0, max: 5 }).map((second) => new Date(second * 1000).toISOString());
const id = fc.integer({ min: 0, max: 99 }).map((number) => `PAD${String(number).padStart(2, '0')}`);
const compare = (one: string, other: string) => (one < other ? -1 : 1);

describe('the order of pads', () => {
  const membership = fc.record({ since, id }).map(
    ({ since, id }): Membership => ({
      since,
      pad: { id, name: id, createdAt: since, role: 'OWNER' },
    }),
  );
  const memberships = fc.uniqueArray(membership, { selector: ({ pad }) => pad.id });

  test('is the newest membership first, then the newest pad', () => {
    fc.assert(
      fc.property(memberships, (all) => {
        const expected = [...all].sort((one, other) =>
          compare(other.since + other.pad.id, one.since + one.pad.id),
        );
        expect(newestFirst(all)).toEqual(expected);
      }),
    );
  });
});

describe('the order of members', () => {
  const member = fc
    .record({ since, userId: id })
    .map((one): PadMember => ({ ...one, role: 'VIEWER' }));
  const members = fc.uniqueArray(member, { selector: ({ userId }) => userId });

  test('is the longest member first, then the oldest user', () => {
    fc.assert(
      fc.property(members, (all) => {
        const expected = [...all].sort((one, other) =>
          compare(one.since + one.userId, other.since + other.userId),
        );
        expect(longestFirst(all)).toEqual(expected);
      }),
    );
  });
});

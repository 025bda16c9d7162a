import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { memoIdOf, readMemoId } from '#domain/memo/memoId.ts';
import { aUlid } from '#tests/support/memoArbitraries.ts';

describe("a memo's id", () => {
  test('names pad and ulid', () => {
    fc.assert(
      fc.property(aUlid, aUlid, (padId, ulid) => {
        expect(readMemoId(memoIdOf({ padId, ulid }))).toEqual({ padId, ulid });
      }),
    );
  });

  test('is no other text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), aUlid, fc.tuple(aUlid, aUlid).map(String)), (text) => {
        expect(readMemoId(text)).toBeNull();
      }),
    );
  });

  test('is no id with one character more, less or changed', () => {
    fc.assert(
      fc.property(aUlid, aUlid, fc.nat(52), (padId, ulid, index) => {
        const id = memoIdOf({ padId, ulid });
        expect(readMemoId(`${id}0`)).toBeNull();
        expect(readMemoId(id.slice(0, index) + id.slice(index + 1))).toBeNull();
        expect(readMemoId(`${id.slice(0, index)}u${id.slice(index + 1)}`)).toBeNull();
      }),
    );
  });
});

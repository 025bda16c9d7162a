import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isUlid } from '#domain/viewer/ulid.ts';
import { memoUlid } from '#scripts/transfer/memoUlid.ts';

test('a file always gets the same ulid, whichever way its name spells an accent', () => {
  expect(memoUlid('PAD', 'docs', 'caf\u00e9.md')).toBe(memoUlid('PAD', 'docs', 'cafe\u0301.md'));
  expect(memoUlid('PAD', 'docs', 'a.md')).not.toBe(memoUlid('PAD', 'docs', 'b.md'));
  expect(memoUlid('PAD', 'docs', 'a.md')).not.toBe(memoUlid('OTHER', 'docs', 'a.md'));
  expect(memoUlid('PAD', 'docs', 'a.md')).not.toBe(memoUlid('PAD', 'other', 'a.md'));
});

test('every path gives a ulid', () => {
  fc.assert(fc.property(fc.string(), (path) => isUlid(memoUlid('PAD', 'docs', path))));
});

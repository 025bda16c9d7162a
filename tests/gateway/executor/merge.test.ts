import { describe, expect, test } from '@jest/globals';
import { mergeInto } from '#gateway/executor/merge.ts';

const merged = (target: Record<string, unknown>, source: Record<string, unknown>) => {
  mergeInto(target, source);
  return target;
};

describe('what a subgraph tells is added to what is known', () => {
  test.each([
    ['a new name', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['inside of an object', { a: { b: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    [
      'inside of the items of a list',
      { a: [{ b: 1 }, null] },
      { a: [{ c: 2 }, { c: 3 }] },
      { a: [{ b: 1, c: 2 }, { c: 3 }] },
    ],
    [
      'inside of lists of lists',
      { a: [[{ b: 1 }]] },
      { a: [[{ c: 2 }]] },
      { a: [[{ b: 1, c: 2 }]] },
    ],
    ['in the place of a list of another length', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ['in the place of a value', { a: 1 }, { a: { b: 2 } }, { a: { b: 2 } }],
    ['in the place of null', { a: null }, { a: { b: 2 } }, { a: { b: 2 } }],
    ['but nothing is nothing', { a: 1 }, { a: undefined }, { a: 1 }],
  ])('%s', (_, target, source, expected) => {
    expect(merged(target, source)).toEqual(expected);
  });

  test('under a name that every object seems to have', () => {
    const target = merged({}, JSON.parse('{"__proto__":{"a":1},"constructor":{"b":2}}'));
    expect(JSON.stringify(target)).toBe('{"__proto__":{"a":1},"constructor":{"b":2}}');
    expect(({} as { a?: number }).a).toBeUndefined();
  });
});

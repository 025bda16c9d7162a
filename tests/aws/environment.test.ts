import { describe, expect, test } from '@jest/globals';
import { requireCount } from '#aws/environment.ts';

describe('a number in the environment', () => {
  test('is read', () => {
    expect(requireCount({ LIMIT: '1000' }, 'LIMIT')).toBe(1000);
  });

  test.each([undefined, '', 'many', '-1', '1.5', ' 1', '1e3'])('%j is refused by name', (LIMIT) => {
    expect(() => requireCount({ LIMIT }, 'LIMIT')).toThrow('the environment variable LIMIT');
  });
});

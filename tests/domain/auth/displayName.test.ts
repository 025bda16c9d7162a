import { describe, expect, test } from '@jest/globals';
import { readDisplayName } from '#domain/auth/displayName.ts';

describe('a display name', () => {
  test.each([
    'M',
    '박미나',
    '박미나'.normalize('NFD'),
    '👩‍👩‍👧',
    ' with spaces ',
    'أحمد',
    'n'.repeat(80),
    '🍎'.repeat(40),
  ])('may be %j, and is kept as it is', (name) => {
    expect(readDisplayName(name)).toBe(name);
  });

  test.each([
    ['', /1 to 80 characters, got 0/],
    ['n'.repeat(81), /1 to 80 characters, got 81/],
    ['🍎'.repeat(41), /got 82/],
    ['two\nlines', /one line/],
    ['two\r\nlines', /one line/],
    ['two\u2028lines', /one line/],
    ['two\u0085lines', /one line/],
    ['bell\u0007', /control/],
    ['nul\u0000', /control/],
    ['tab\tbed', /control/],
    ['\u009bcsi', /control/],
    ['lone \ud83d', /surrogate/],
    ['lone \udc69', /surrogate/],
    ['   ', /white space/],
    ['\u00a0\u3000', /white space/],
    ['\u200b\u200d\ufeff', /white space/],
    ['\u3164', /white space/],
  ])('is not %j', (name, message) => {
    expect(() => readDisplayName(name)).toThrow(message);
  });
});

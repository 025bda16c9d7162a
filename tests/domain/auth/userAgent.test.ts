import { describe, expect, test } from '@jest/globals';
import { readUserAgent } from '#domain/auth/userAgent.ts';

describe('a user agent', () => {
  test.each([
    ['nothing', undefined, null],
    ['white space', '  \t ', null],
    ['control characters', '\u0000\u001b[31mred\u0007\r\n', '[31mred'],
    ['a plain one', 'Mozilla/5.0 (X11; Linux)', 'Mozilla/5.0 (X11; Linux)'],
    ['half a pair', 'a\ud83db', 'ab'],
  ])('is cleaned: %s', (_, header, kept) => {
    expect(readUserAgent(header)).toBe(kept);
  });

  test('is cut at 256 units, and never in the middle of a pair', () => {
    expect(readUserAgent('x'.repeat(100_000))).toBe('x'.repeat(256));
    expect(readUserAgent(`${'x'.repeat(255)}🍎`)).toBe('x'.repeat(255));
    expect(readUserAgent(`${'x'.repeat(254)}🍎y`)).toBe(`${'x'.repeat(254)}🍎`);
  });
});

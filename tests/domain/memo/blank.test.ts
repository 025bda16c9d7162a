import { describe, expect, test } from '@jest/globals';
import { isBlank } from '#domain/memo/blank.ts';

const UNSEEN = /^[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;

describe('isBlank', () => {
  test('knows every character that shows nothing, and no other', () => {
    const wrong: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      if (isBlank(character) !== UNSEEN.test(character)) wrong.push(codePoint.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  test.each(['', ' \t\r\n', '\u200b\u200d\ufeff', '\u{e0020} \u{1d173}\u3164'])(
    'takes %j for blank',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );

  test.each(['.', '\u200ba', '👩‍👩‍👧', ' \u{1d173}𝔐', '\ud83d', '\udc69', '\udb40'])(
    'does not take %j for blank',
    (text) => {
      expect(isBlank(text)).toBe(false);
    },
  );
});

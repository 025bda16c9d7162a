import { describe, expect, test } from '@jest/globals';
import { normalizePassword, readNewPassword } from '#domain/auth/password.ts';
import { MemopadError } from '#domain/errors.ts';

const EMAIL = 'Mina.Park99@example.com';
const read = (password: string) => readNewPassword(password, EMAIL);

describe('a new password', () => {
  test.each([
    ['8 characters', 'sEvEn.78'],
    ['256 characters', 'pq7'.repeat(86).slice(0, 256)],
    ['8 Korean characters', '오늘도날씨가좋다'],
    ['8 emoji, each two units long', '🍎🍌🍇🍓🍒🍍🥝🥑'],
    ['spaces', '  spaces all around  '],
    ['letters alone', 'unrelatedplainwords'],
    ['a common word among others', 'dragon eats nine potatoes'],
    ['a common word with many digits', 'dragon80417736'],
    ['the local part with more', 'mina.park99!x'],
  ])('may have %s', (_, password) => {
    expect(read(password)).toBe(password);
  });

  test.each([
    ['7 characters', 'sEvEn.7', /8 to 256 characters, got 7/],
    ['7 emoji of 14 units', '🍎🍌🍇🍓🍒🍍🥝', /got 7/],
    ['257 characters', 'pq7'.repeat(86).slice(0, 257), /got 257/],
    ['1,025 units, not even normalised', 'e\u0301'.repeat(513).slice(0, 1_025), /got 1025/],
    ['half of a surrogate pair', 'good enough \ud83c', /surrogate/],
    ['the e-mail address', 'mina.park99@EXAMPLE.com', /other than the e-mail/],
    ['the local part of the e-mail address', 'MINA.park99', /other than the e-mail/],
    ['the e-mail address in full width', 'ｍｉｎａ.park99', /other than the e-mail/],
    ['a common one', 'password', /common/],
  ])('may not be or have %s', (_, password, message) => {
    expect(() => read(password)).toThrow(MemopadError);
    expect(() => read(password)).toThrow(message);
  });

  test('is never quoted in a message', () => {
    for (const password of ['sEvEn.7', 'qwertyuiop', EMAIL]) {
      expect(() => read(password)).not.toThrow(password);
    }
  });

  test.each([
    ['decomposed and composed', 'cafe\u0301 비밀번호'.normalize('NFD'), 'café 비밀번호'],
    ['full width and plain', 'ｐａｓｓｐｈｒａｓｅ ７', 'passphrase 7'],
    ['a ligature and its letters', 'eﬃcient words', 'efficient words'],
  ])('is the same %s', (_, one, other) => {
    expect(normalizePassword(one)).toBe(normalizePassword(other));
  });
});

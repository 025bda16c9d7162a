import { describe, expect, test } from '@jest/globals';
import { isCommonPassword } from '#domain/auth/commonPassword.ts';

describe('a common password', () => {
  test.each([
    'password',
    'PassWord',
    'password1',
    'password123',
    'Password123!',
    '!!password',
    'p@ssw0rd',
    'P@$$w0rd2024',
    'iloveyou',
    'letmein123',
    'welcome2024!',
    'qwertyuiop',
    '1q2w3e4r5t',
    '1qaz2wsx',
    'trustno1',
    'memopad2026',
    'dkssudgktpdy',
    '비밀번호1234',
    'aaaaaaaa',
    '10101010',
    '00000000',
    'abcabcabc',
    '12341234',
    '가나가나가나가나',
    '12345678',
    '1234567890',
    '87654321',
    'abcdefgh',
    'zyxwvuts',
    'asdfghjkl',
    'lkjhgfdsa',
    'qwertyuiopasdf',
    '가나다라마바사아',
  ])('is %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  test.each([
    'four unrelated plain words',
    'entirely other words',
    'sEvEn.78',
    'Tr0ub4dor&3',
    'a1b9c7d2',
    '오늘도날씨가좋다',
    'abcdefgi',
    '12345679',
    'passwordless sign-in',
    'mydragonpassword',
    'aaaaaaab1',
  ])('is not %s', (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });

  test('is found in a moment even when it is long', () => {
    for (const unit of ['1', 'a1', 'a$', '$', 'abcd', '가1']) {
      const password = unit.repeat(256).slice(0, 256);
      expect(isCommonPassword(`x${password.slice(1)}`)).toEqual(expect.any(Boolean));
    }
  });
});

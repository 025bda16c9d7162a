import { describe, expect, test } from '@jest/globals';
import { parseEmail } from '#domain/auth/email.ts';

describe('an e-mail address', () => {
  test('keeps its case and is compared without', () => {
    expect(parseEmail('Mina.Park@Example.COM')).toEqual({
      address: 'Mina.Park@Example.COM',
      key: 'mina.park@example.com',
    });
  });

  test.each([
    'a@b',
    'mina+memos@example.co.kr',
    "o'brien_99@sub-domain.example.com",
    `${'a'.repeat(64)}@example.com`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(60)}`,
  ])('may be %s', (address) => {
    expect(parseEmail(address).address).toBe(address);
  });

  test.each([
    '',
    'mina',
    '@example.com',
    'mina@',
    'mina@@example.com',
    'mina@example.com@example.org',
    ' mina@example.com',
    'mina@example.com\n',
    'mina@example.com\nbcc@example.com',
    'mina park@example.com',
    'mina@example..com',
    'mina@-example.com',
    'mina@example.com.',
    'mina@exa_mple.com',
    'mina@\u0000example.com',
    '미나@example.com',
    'mina@한국.kr',
    '\u212aim@example.com',
    '"mina"@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
  ])('is not %j', (address) => {
    expect(() => parseEmail(address)).toThrow(/name@example\.com/);
  });

  test('has at most 254 characters', () => {
    expect(() => parseEmail(`${'a'.repeat(243)}@example.com`)).toThrow(/254 characters, got 255/);
    expect(() => parseEmail('@'.repeat(1_000_000))).toThrow(/got 1000000/);
  });
});

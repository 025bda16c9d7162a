import { describe, expect, test } from '@jest/globals';
import {
  createInviteSecret,
  hashInviteSecret,
  type InviteRecord,
  isSecretOf,
  parseInviteSecret,
  SECRET_BYTES,
} from '#domain/memo/invite.ts';

const PAD = '01JZZZZZZZZZZZZZZZZZZZZZZP';
const INVITE = '01JZZZZZZZZZZZZZZZZZZZZZZN';
const ids = { padId: PAD, inviteId: INVITE };
const bytes = (value: number): number[] => Array(SECRET_BYTES).fill(value);
const secret = createInviteSecret(ids, bytes(0));

describe('an invite’s secret', () => {
  test('names the invite and carries 256 random bits', () => {
    expect(secret).toBe(`${PAD}.${INVITE}.${'A'.repeat(43)}`);
    const ones = createInviteSecret(ids, bytes(255));
    expect(Buffer.from(ones.slice(-43), 'base64url')).toEqual(Buffer.alloc(32, 255));
    expect(parseInviteSecret(secret)).toEqual(ids);
  });

  test.each([
    ['nothing', ''],
    ['the ids alone', `${PAD}.${INVITE}`],
    ['no ids', `..${'A'.repeat(95)}`],
    ['a lower-case id', secret.toLowerCase()],
    ['another alphabet', `${secret.slice(0, -1)}+`],
    ['padding', `${secret.slice(0, -1)}=`],
    ['one character more', `${secret}A`],
    ['one character less', secret.slice(0, -1)],
    ['a line break behind', `${secret.slice(0, -1)}\n`],
    ['a dot more', `${PAD}.${INVITE}.${'A'.repeat(21)}.${'A'.repeat(21)}`],
    ['a megabyte', 'A'.repeat(1_000_000)],
  ])('is none with %s', (_, text) => {
    expect(parseInviteSecret(text)).toBeNull();
  });

  test('is proven by its hash alone', () => {
    const invite = { secretHash: hashInviteSecret(secret) } as InviteRecord;
    expect(invite.secretHash).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(isSecretOf(invite, secret)).toBe(true);
    expect(isSecretOf(invite, `${secret.slice(0, -1)}B`)).toBe(false);
    expect(isSecretOf(invite, invite.secretHash)).toBe(false);
    expect(isSecretOf({ ...invite, secretHash: '' }, secret)).toBe(false);
  });
});

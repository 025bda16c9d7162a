import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  createSecret,
  formatRefreshToken,
  hashSecret,
  isHashOf,
  parseRefreshToken,
} from '#domain/auth/refreshToken.ts';
import { openSuccessor, sealSuccessor } from '#domain/auth/successorSeal.ts';
import { createUlid } from '#domain/viewer/ulid.ts';

const createToken = () => ({
  userId: createUlid(1, randomBytes),
  sessionId: createUlid(2, randomBytes),
  familySecret: createSecret(randomBytes),
  secret: createSecret(randomBytes),
});

describe('a refresh token', () => {
  test('is read as it was written', () => {
    const token = createToken();
    expect(parseRefreshToken(formatRefreshToken(token))).toEqual(token);
  });

  test('holds two secrets of 256 bits', () => {
    expect(Buffer.from(createSecret(randomBytes), 'base64url')).toHaveLength(32);
    expect(createSecret(randomBytes)).not.toBe(createSecret(randomBytes));
  });

  test('is told from everything else', () => {
    const text = formatRefreshToken(createToken());
    const [userId = '', sessionId = '', family = '', secret = ''] = text.split('.');
    const others = [
      '',
      '...',
      `${text} `,
      text.slice(0, -1),
      `${text}.`,
      [userId.toLowerCase(), sessionId, family, secret].join('.'),
      [userId, sessionId, `${family.slice(1)}!`, secret].join('.'),
      [userId, sessionId, family, `${secret.slice(1)}=`].join('.'),
      [userId, sessionId, secret].join('.'),
      [userId, sessionId, `${family}.`, secret.slice(1)].join('.'),
    ];
    for (const other of others) expect(parseRefreshToken(other)).toBeNull();
  });

  test('is known by the hash of its secret', () => {
    const [secret, other] = [createSecret(randomBytes), createSecret(randomBytes)];
    expect(isHashOf(hashSecret(secret), secret)).toBe(true);
    expect(isHashOf(hashSecret(secret), other)).toBe(false);
    expect(isHashOf('short', secret)).toBe(false);
    expect(hashSecret(secret)).not.toContain(secret);
  });
});

describe('a sealed successor', () => {
  const token = createToken();
  const successor = createSecret(randomBytes);
  const sealed = sealSuccessor(token, successor, randomBytes);

  test('is opened with the token it replaces', () => {
    expect(openSuccessor(token, sealed)).toBe(successor);
  });

  test('hides the secret', () => {
    expect(sealed).not.toContain(successor);
    expect(sealSuccessor(token, successor, randomBytes)).not.toBe(sealed);
  });

  test.each([
    ['another secret', { secret: createSecret(randomBytes) }],
    ['another session', { sessionId: createUlid(3, randomBytes) }],
    ['another user', { userId: createUlid(3, randomBytes) }],
  ])('stays closed for a token of %s', (_, change) => {
    expect(() => openSuccessor({ ...token, ...change }, sealed)).toThrow();
  });

  test('stays closed when it was changed', () => {
    const bytes = Buffer.from(sealed, 'base64url');
    for (const index of [0, 20, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => openSuccessor(token, changed.toString('base64url'))).toThrow();
    }
  });
});

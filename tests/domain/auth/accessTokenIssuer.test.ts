import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { createAccessTokenIssuer } from '#domain/auth/accessTokenIssuer.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';

const NOW_MS = Date.parse('2026-01-31T09:30:00.700Z');
const VIEWER = { userId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', sessionId: '01BX5ZZKBKACTAV9WEVGEMMVRZ' };
const clock = () => NOW_MS;

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer(clock);
});

describe('an access token', () => {
  test('has the claims every consumer demands, one audience and 15 minutes', async () => {
    const { token, expiresAt } = await issuer.issue(VIEWER);
    const iat = Math.floor(NOW_MS / 1000);
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: issuer.kid, typ: 'JWT' });
    expect(decodeJwt(token)).toEqual({
      iss: issuer.url,
      sub: VIEWER.userId,
      aud: 'memopad',
      client_id: 'memopad',
      iat,
      exp: iat + 900,
      jti: expect.stringMatching(/^[0-9A-Z]{26}$/),
      sid: VIEWER.sessionId,
      scope: 'memopad',
      token_use: 'access',
    });
    expect(expiresAt).toBe(new Date((iat + 900) * 1000).toISOString());
  });

  test('is a JWS that others verify, and names its viewer', async () => {
    const { token } = await issuer.issue(VIEWER);
    const currentDate = new Date(NOW_MS);
    const { payload } = await jwtVerify(token, issuer.publicKey, { currentDate });
    expect(payload.sub).toBe(VIEWER.userId);
    expect(await issuer.verify(`Bearer ${token}`)).toEqual(VIEWER);
  });

  test('has an id of its own', async () => {
    const [one, other] = [await issuer.issue(VIEWER), await issuer.issue(VIEWER)];
    expect(decodeJwt(one.token).jti).not.toBe(decodeJwt(other.token).jti);
  });

  test('can say it is of type at+jwt', async () => {
    const { url, signingKey } = issuer;
    const issue = createAccessTokenIssuer({
      issuer: url,
      signingKey,
      clock,
      randomBytes,
      tokenType: 'at+jwt',
    });
    const { token } = await issue(VIEWER);
    expect(decodeProtectedHeader(token).typ).toBe('at+jwt');
    expect(await issuer.verify(`Bearer ${token}`)).toEqual(VIEWER);
  });

  test.each(['', 'memopad', 'https://auth.example.com/', 'https://auth.example.com/prod'])(
    'is not issued by %j',
    (url) => {
      const { signingKey } = issuer;
      const create = () => createAccessTokenIssuer({ issuer: url, signingKey, clock, randomBytes });
      expect(create).toThrow(/without path or trailing slash/);
    },
  );
});

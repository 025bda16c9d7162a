import { beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, errors, type JWTVerifyGetKey, SignJWT } from 'jose';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { expectError } from '#tests/domain/auth/expectError.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';

const VIEWER = { userId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', sessionId: '01BX5ZZKBKACTAV9WEVGEMMVRZ' };
let nowMs = Date.parse('2026-01-31T09:30:00.000Z');
let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer(() => nowMs);
});

const givenHeader = async () => `Bearer ${(await issuer.issue(VIEWER)).token}`;

describe('the check of an Authorization header', () => {
  test('finds nobody where there is none', async () => {
    expect(await issuer.verify(undefined)).toBeNull();
  });

  test('takes the scheme in any case', async () => {
    const header = await givenHeader();
    expect(await issuer.verify(header.replace('Bearer', 'bEARER'))).toEqual(VIEWER);
  });

  test('says what is wrong and never quotes the token', async () => {
    const { token } = await issuer.issue(VIEWER);
    const [header, claims, signature] = token.split('.');
    const elsewhere = await createTestIssuer(() => nowMs);
    const { token: foreign } = await elsewhere.issue(VIEWER);
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const wrong = [
      [token, /expected `Authorization: Bearer <access token>`, once, got one without `Bearer `/],
      ['Bearer ', /got one without a token/],
      [`Bearer ${token}, Bearer ${token}`, /got more behind the token/],
      [`Bearer ${'x'.repeat(5_000)}`, /at most 4096 characters, got 5000/],
      ['Bearer garbage', /expected a signed JWT, 3 parts with dots between, got 1/],
      [`Bearer ${header}.${claims}!.${signature}`, /base64url without padding, part 2 of 3 is not/],
      ['Bearer e30.e30.e30', /expected a signed JWT, got something else/],
      [`Bearer ${none}.${claims}.${signature}`, /expected the algorithm RS256, got another/],
      [`Bearer ${header}.e30.${signature}`, /signed, got one with another signature/],
      [`Bearer ${foreign}`, /signed, no key published there has its kid/],
    ] as const;
    for (const [header, message] of wrong) {
      const error = await expectError(issuer.verify(header), 'UNAUTHENTICATED', message);
      expect(error.message).not.toContain(token.slice(0, 20));
    }
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no session', { sid: undefined }, /expected the claim "sid", got none/],
    ['an expiry that is a text', { exp: '1' }, /expected the claim "exp" to be a number/],
    ['another issuer', { iss: 'secret' }, /expected the issuer https:\/\/auth.example.com, got/],
    ['another audience', { aud: 'secret' }, /expected the audience "memopad", got another/],
    ['a time to come', { nbf: 9_000_000_000 }, /expected it to be valid by now/],
    ['another use', { token_use: 'secret' }, /expected a token with token_use "access"/],
  ])('says what is wrong with %s', async (_, claims, message) => {
    const good = decodeJwt((await issuer.issue(VIEWER)).token);
    const token = await new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: issuer.kid })
      .sign(issuer.privateKey);
    const error = await expectError(issuer.verify(`Bearer ${token}`), 'UNAUTHENTICATED', message);
    expect(error.message).not.toContain('secret');
  });

  test('refuses a token it has seen before once that has expired', async () => {
    const header = await givenHeader();
    expect(await issuer.verify(header)).toEqual(VIEWER);
    nowMs += 15 * 60 * 1000 - 1;
    expect(await issuer.verify(header)).toEqual(VIEWER);
    nowMs += 1;
    await expectError(issuer.verify(header), 'UNAUTHENTICATED', /expired; refresh the session/);
  });

  test('forgives an issuer whose clock is a few seconds ahead', async () => {
    nowMs += 5_000;
    const header = await givenHeader();
    nowMs -= 5_000;
    expect(await issuer.verify(header)).toEqual(VIEWER);
    nowMs += 6_000;
    const tooFar = await givenHeader();
    nowMs -= 6_000;
    await expectError(issuer.verify(tooFar), 'UNAUTHENTICATED', /before now/);
  });

  test('verifies a token that is repeated once', async () => {
    let verified = 0;
    const keys: JWTVerifyGetKey = () => {
      verified += 1;
      return issuer.publicKey;
    };
    const verify = createVerifier({ issuer: issuer.url, keys, clock: () => nowMs });
    const header = await givenHeader();
    for (const _ of [1, 2, 3]) expect(await verify(header)).toEqual(VIEWER);
    expect(verified).toBe(1);
    await verify(await givenHeader());
    expect(verified).toBe(2);
  });

  test('remembers so many tokens and no more', async () => {
    let verified = 0;
    const keys: JWTVerifyGetKey = () => {
      verified += 1;
      return issuer.publicKey;
    };
    const verify = createVerifier({ issuer: issuer.url, keys, clock: () => nowMs });
    const first = await givenHeader();
    await verify(first);
    for (let count = 0; count < 1_000; count += 1) await verify(await givenHeader());
    verified = 0;
    await verify(first);
    expect(verified).toBe(1);
  });

  test.each([
    ['time out', new errors.JWKSTimeout()],
    ['can not be fetched', new errors.JOSEError('Expected 200 OK')],
    ['are none', new errors.JWKSInvalid()],
    ['are out of reach', new TypeError('fetch failed')],
  ])('does not blame the token when the keys %s', async (_, trouble) => {
    const verify = createVerifier({
      issuer: issuer.url,
      keys: () => Promise.reject(trouble),
      clock: () => nowMs,
    });
    await expect(verify(await givenHeader())).rejects.toBe(trouble);
  });
});

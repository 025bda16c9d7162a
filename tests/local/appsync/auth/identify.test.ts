import { beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { createIdentify, type Identify } from '#local/appsync/auth/identify.ts';
import type { AppSyncApi } from '#local/appsync/definition.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import { API_KEY, createTestApi } from '#tests/local/appsync/testApi.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';

const NOW = Date.parse('2026-01-31T09:30:00.000Z');
const ARN = 'arn:aws:appsync:ap-northeast-2:000000000000:apis/api';
const PRINCIPAL = 'arn:aws:sts::000000000000:assumed-role/live/stream';
let issuer: TestIssuer;
let identify: Identify;

beforeAll(async () => {
  issuer = await createTestIssuer(() => NOW);
  identify = make({});
});

function make(told: Partial<AppSyncApi>): Identify {
  const { definition } = createTestApi({
    authModes: [
      { type: 'OPENID_CONNECT', issuer: issuer.url, clientId: 'memopad|other' },
      { type: 'API_KEY' },
      { type: 'AWS_IAM' },
    ],
    apiKeys: [
      { key: API_KEY, expiresAt: NOW / 1000 + 1 },
      { key: 'da2-old', expiresAt: NOW / 1000 },
    ],
    ...told,
  });
  return createIdentify({
    api: definition,
    loadKeys: async () => ({ keys: [...issuer.signingKey.published] }),
    clock: () => NOW,
    verifyIam({ headers }) {
      if (!headers.authorization?.endsWith('good')) {
        throw new AwsError('InvalidSignatureException', 'The signature is wrong.');
      }
      const Resource = `${ARN}/types/Mutation/fields/publish`;
      const allow = { Effect: 'Allow', Action: 'appsync:GraphQL', Resource } as const;
      return { principal: PRINCIPAL, statements: [allow] };
    },
  });
}

const by = (headers: Record<string, string>, how = identify) =>
  how({ method: 'POST', path: '/graphql', headers, body: Buffer.of() }, '127.0.0.1');

const sign = (claims: Record<string, unknown>) =>
  new SignJWT({ aud: 'memopad', iss: issuer.url, sub: 'somebody', iat: NOW / 1000, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: issuer.kid })
    .sign(issuer.privateKey);

const LATER = NOW / 1000 + 60;

describe('a token', () => {
  test('is good with and without its scheme, and tells who asks and until when', async () => {
    const token = await sign({ exp: LATER, token_use: 'access' });
    for (const authorization of [token, `Bearer ${token}`]) {
      expect(await by({ authorization })).toMatchObject({
        mode: 'OPENID_CONNECT',
        identity: {
          sub: 'somebody',
          issuer: issuer.url,
          claims: { sub: 'somebody', token_use: 'access', aud: 'memopad' },
        },
        endsAtMs: LATER * 1000,
      });
    }
  });

  test('may be for anything: resolvers have to ask what it is for', async () => {
    const authorization = await sign({ exp: LATER, token_use: 'watch' });
    expect(await by({ authorization })).toMatchObject({ mode: 'OPENID_CONNECT' });
  });

  test.each([
    ['that has ended', { exp: NOW / 1000 - 1 }, 'Token has expired.'],
    ['of another issuer', { exp: LATER, iss: 'https://evil.example' }, undefined],
    ['for another client', { exp: LATER, aud: 'memopad2' }, undefined],
    ['for nobody', { exp: LATER, sub: undefined }, undefined],
    ['without an end', {}, undefined],
  ])('%s is refused', async (_what, claims, message) => {
    await expect(by({ authorization: await sign(claims) })).rejects.toMatchObject({
      errorType: 'UnauthorizedException',
      message: message ?? 'You are not authorized to make this call.',
    });
  });

  test('of a stranger is refused', async () => {
    const stranger = await createTestIssuer(() => NOW, issuer.url);
    const { token } = await stranger.issue({ userId: 'a', sessionId: 'b' });
    await expect(by({ authorization: token })).rejects.toThrow('You are not authorized');
    await expect(by({ authorization: 'Bearer junk' })).rejects.toThrow('You are not authorized');
  });
});

describe('an API key', () => {
  test('is good until it ends', async () => {
    expect(await by({ 'x-api-key': API_KEY })).toEqual({ mode: 'API_KEY', identity: null });
    await expect(by({ 'x-api-key': 'da2-old' })).rejects.toThrow('You are not authorized');
    await expect(by({ 'x-api-key': 'da2-none' })).rejects.toThrow('You are not authorized');
  });

  test('is nothing to an API without that mode', async () => {
    const strict = make({ authModes: [{ type: 'OPENID_CONNECT', issuer: issuer.url }] });
    await expect(by({ 'x-api-key': API_KEY }, strict)).rejects.toThrow(
      'Valid authorization header',
    );
  });
});

describe('a signature', () => {
  const signed = (end: string) => by({ authorization: `AWS4-HMAC-SHA256 ${end}` });

  test('may begin with what its policies name', async () => {
    const caller = await signed('good');
    expect(caller).toMatchObject({
      mode: 'AWS_IAM',
      identity: { userArn: PRINCIPAL, username: 'stream', sourceIp: ['127.0.0.1'] },
    });
    expect(caller.mayCall?.('Mutation', 'publish')).toBe(true);
    expect(caller.mayCall?.('Mutation', 'purge')).toBe(false);
  });

  test('that is wrong is refused in the words of AWS', async () => {
    await expect(signed('bad')).rejects.toMatchObject({
      errorType: 'InvalidSignatureException',
      message: 'The signature is wrong.',
    });
  });
});

test('without anything there is nobody to ask', async () => {
  await expect(by({})).rejects.toMatchObject({
    errorType: 'UnauthorizedException',
    message: 'Valid authorization header not provided.',
  });
});

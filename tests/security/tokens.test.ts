import { beforeAll, describe } from '@jest/globals';
import { createLocalJWKSet, type JWK } from 'jose';
import { MemopadError } from '#domain/errors.ts';
import { createVerifier, type VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';
import { refusesForgedTokens, type TokenOutcome } from './tokens.ts';

let issuer: TestIssuer;

beforeAll(async () => {
  issuer = await createTestIssuer();
});

describe('the verifier', () => {
  refusesForgedTokens({
    issuer: () => issuer,
    ask: (authorization) => askVerifier(issuer.verify, authorization),
  });
});

describe('the verifier, whose own pins hold when the published keys say little,', () => {
  const verifyWithBareKeys: VerifyAuthorization = (authorization) => {
    const bareKeys = issuer.signingKey.published.map(({ kty, n, e, kid }) => ({ kty, n, e, kid }));
    const keys = createLocalJWKSet({ keys: bareKeys as JWK[] });
    return createVerifier({ issuer: issuer.url, keys, clock: Date.now })(authorization);
  };
  refusesForgedTokens({
    issuer: () => issuer,
    ask: (authorization) => askVerifier(verifyWithBareKeys, authorization),
  });
});

async function askVerifier(verify: VerifyAuthorization, header: string): Promise<TokenOutcome> {
  try {
    await verify(header);
    return 'SERVED';
  } catch (error) {
    if (error instanceof MemopadError) return error.code;
    throw error;
  }
}

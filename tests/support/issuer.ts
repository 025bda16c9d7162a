import { createPublicKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { createLocalJWKSet } from 'jose';
import { createAccessTokenIssuer, type IssueAccessToken } from '#domain/auth/accessTokenIssuer.ts';
import { createRsaSigningKey } from '#domain/auth/rsaSigningKey.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import type { Clock } from '#domain/clock.ts';
import { createVerifier, type VerifyAuthorization } from '#domain/viewer/accessToken.ts';

/** An issuer of good access tokens for tests, with all it takes to make bad ones. */
export interface TestIssuer {
  /** The `iss` of its tokens. */
  readonly url: string;
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly signingKey: SigningKey;
  readonly issue: IssueAccessToken;
  readonly verify: VerifyAuthorization;
}

/** Makes an RSA key (about 100 ms: once a file) and what issues and verifies with it. */
export async function createTestIssuer(
  clock: Clock = Date.now,
  url = 'https://auth.example.com',
): Promise<TestIssuer> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const signingKey = await createRsaSigningKey({ privateKey });
  const keys = createLocalJWKSet({ keys: [...signingKey.published] });
  return {
    url,
    kid: signingKey.kid,
    privateKey,
    publicKey: createPublicKey(privateKey),
    signingKey,
    issue: createAccessTokenIssuer({ issuer: url, signingKey, clock, randomBytes }),
    verify: createVerifier({ issuer: url, keys, clock }),
  };
}

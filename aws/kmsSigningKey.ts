import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import { PlainError } from '#domain/errors.ts';
import type { SignedClient } from './signedClient.ts';

/**
 * A signing key whose private half never leaves KMS (an RSA_2048 key for SIGN_VERIFY).
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 * @param keyId the key's ARN
 */
export async function kmsSigningKey(client: SignedClient, keyId: string): Promise<SigningKey> {
  const { PublicKey } = await call(client, 'GetPublicKey', { KeyId: keyId });
  const publicJwk = await describePublicKey(Buffer.from(String(PublicKey), 'base64'));
  return {
    kid: publicJwk.kid,
    published: [publicJwk],
    async sign(data) {
      const { Signature } = await call(client, 'Sign', {
        KeyId: keyId,
        Message: Buffer.from(data).toString('base64'),
        MessageType: 'RAW',
        SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
      });
      return Buffer.from(String(Signature), 'base64');
    },
  };
}

/** @param der SubjectPublicKeyInfo (RFC 5280 section 4.1) */
async function describePublicKey(der: Buffer): Promise<JWK & { kid: string }> {
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const jwk = key.export({ format: 'jwk' }) as JWK;
  return { ...jwk, alg: 'RS256', use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}

async function call(
  client: SignedClient,
  operation: 'GetPublicKey' | 'Sign',
  input: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await client('/', JSON.stringify(input), {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `TrentService.${operation}`,
  });
  if (status === 200) return JSON.parse(body);
  // KMS says what was wrong with the call, never what was to be signed.
  throw new PlainError(
    `Expected KMS to answer ${operation}, got status ${status}: ${body.slice(0, 500)}`,
  );
}

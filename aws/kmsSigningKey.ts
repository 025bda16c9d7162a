import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import { PlainError } from '#domain/errors.ts';
import { RequestFailed } from './httpClient.ts';
import { type Outcome, type SendAgainOptions, sendAgain } from './sendAgain.ts';
import type { SignedClient } from './signedClient.ts';

type Pauses = Pick<SendAgainOptions, 'wait' | 'random'>;

/**
 * A signing key whose private half never leaves KMS (an RSA_2048 key for SIGN_VERIFY).
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
 * Both operations may run twice, so what failed for a moment is tried again: RSA keys of an account
 * share a quota of requests a second, and a connection may have been closed while it was idle.
 * @param keyId the key's ARN
 */
export async function kmsSigningKey(
  client: SignedClient,
  keyId: string,
  pauses: Pauses = {},
): Promise<SigningKey> {
  const call = callWith(client, pauses);
  const { PublicKey } = await call('GetPublicKey', { KeyId: keyId });
  const publicJwk = await describePublicKey(Buffer.from(String(PublicKey), 'base64'));
  return {
    kid: publicJwk.kid,
    published: [publicJwk],
    async sign(data) {
      const { Signature } = await call('Sign', {
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

type Call = (
  operation: 'GetPublicKey' | 'Sign',
  input: Readonly<Record<string, string>>,
) => Promise<Readonly<Record<string, unknown>>>;

function callWith(client: SignedClient, pauses: Pauses): Call {
  return async (operation, input) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
    };
    const send = () => client('/', JSON.stringify(input), headers);
    const outcome = await sendAgain({ send, mayTryAgain: isForAMoment, ...pauses });
    if (outcome instanceof RequestFailed) throw outcome;
    if (outcome.status === 200) return JSON.parse(outcome.body);
    // KMS says what was wrong with the call, never what was to be signed.
    throw new PlainError(
      `Expected KMS to answer ${operation}, got status ${outcome.status}: ${outcome.body.slice(0, 500)}`,
    );
  };
}

/** Who waited for long doesn't want to wait again. https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html */
function isForAMoment(outcome: Outcome): boolean {
  if (outcome instanceof RequestFailed) return outcome.code !== 'ETIMEDOUT';
  return outcome.status >= 500 || /"__type":"([^"]*#)?ThrottlingException"/.test(outcome.body);
}

import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { SigningKey } from './signingKey.ts';

export interface RsaSigningKeyOptions {
  /** RSA, at least 2048 bits (RFC 7518 section 3.3). */
  readonly privateKey: KeyObject;
  /** Public keys that verifiers shall accept too: the next one, and the last until its tokens have expired. */
  readonly alsoPublished?: readonly JWK[];
}

const MIN_BITS = 2048;

/** A signing key that is held in memory. */
export async function createRsaSigningKey(options: RsaSigningKeyOptions): Promise<SigningKey> {
  const { privateKey, alsoPublished = [] } = options;
  checkKey(privateKey);
  const { kty, n, e } = createPublicKey(privateKey).export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint({ kty, n, e } as JWK);
  const own = { kty, n, e, alg: 'RS256', use: 'sig', kid } as JWK;
  return {
    kid,
    published: [own, ...alsoPublished],
    sign: (data) => signInThreadPool(data, privateKey),
  };
}

function checkKey({ asymmetricKeyType: type, asymmetricKeyDetails }: KeyObject): void {
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  if (type === 'rsa' && bits >= MIN_BITS) return;
  throw new TypeError(
    `Expected a private RSA key of at least ${MIN_BITS} bits, got ${type ?? 'a secret key'} of ${bits} bits.`,
  );
}

/** Node's callback form of `sign` works in the thread pool, so that the event loop goes on. */
const signInThreadPool = (data: Uint8Array, key: KeyObject): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    sign('sha256', data, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });

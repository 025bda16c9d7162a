import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { createRsaSigningKey } from '#domain/auth/rsaSigningKey.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import { StartError } from '#local/startError.ts';
import { writeAtomically } from './writeAtomically.ts';

const MODULUS_BITS = 2048;

/** The key of a data folder: made at the first start, the same ever after, readable by us alone. @throws StartError when the file holds anything else. */
export async function openSigningKey(file: string): Promise<SigningKey> {
  if (existsSync(file)) return createRsaSigningKey({ privateKey: readKey(file) });
  const key = await makeKey();
  writeAtomically(file, `${JSON.stringify(key.export({ format: 'jwk' }))}\n`);
  return createRsaSigningKey({ privateKey: key });
}

/** A key that ends with the process. */
export async function createSigningKey(): Promise<SigningKey> {
  return createRsaSigningKey({ privateKey: await makeKey() });
}

async function makeKey(): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  return privateKey;
}

function readKey(file: string): KeyObject {
  // A backup may have been unpacked with other permissions.
  chmodSync(file, 0o600);
  try {
    const key = createPrivateKey({ key: JSON.parse(readFileSync(file, 'utf8')), format: 'jwk' });
    if (key.asymmetricKeyDetails?.modulusLength === MODULUS_BITS) return key;
  } catch {
    // The one message below says all there is to say; the cause might quote the key.
  }
  throw new StartError(
    `Expected ${file} to hold an RSA key of ${MODULUS_BITS} bits as a JWK. Put it back, or delete it: then everyone has to sign in again.`,
  );
}

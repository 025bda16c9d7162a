import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { StartError } from '#local/startError.ts';
import { writeAtomically } from './writeAtomically.ts';

const MODULUS_BITS = 2048;

/** An RSA key in a file: made at the first start, the same ever after, readable by us alone. @throws StartError when the file holds anything else. */
export async function openPrivateKey(file: string): Promise<KeyObject> {
  if (existsSync(file)) return readKey(file);
  const key = await createPrivateRsaKey();
  writeAtomically(file, `${JSON.stringify(key.export({ format: 'jwk' }))}\n`);
  return key;
}

/** A key that ends with the process. */
export async function createPrivateRsaKey(): Promise<KeyObject> {
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

import { createRsaSigningKey } from '#domain/auth/rsaSigningKey.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import { createPrivateRsaKey, openPrivateKey } from './privateKeyFile.ts';

/** The key of a data folder: made at the first start, the same ever after, readable by us alone. @throws StartError when the file holds anything else. */
export async function openSigningKey(file: string): Promise<SigningKey> {
  return createRsaSigningKey({ privateKey: await openPrivateKey(file) });
}

/** A key that ends with the process. */
export async function createSigningKey(): Promise<SigningKey> {
  return createRsaSigningKey({ privateKey: await createPrivateRsaKey() });
}

import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { RandomBytes } from '#domain/viewer/ulid.ts';
import type { RefreshToken } from './refreshToken.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals the next secret of a session so that only a holder of the token it replaces can have it
 * again when the response was lost: whoever reads the table can open nothing.
 */
export function sealSuccessor(
  replaced: RefreshToken,
  nextSecret: string,
  randomBytes: RandomBytes,
): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey(replaced), nonce);
  const sealed = [cipher.update(nextSecret, 'utf8'), cipher.final()];
  return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url');
}

/** @throws when it was not sealed under this token. */
export function openSuccessor(replaced: RefreshToken, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, sealingKey(replaced), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8');
  return opened + decipher.final('utf8');
}

/** RFC 5869, bound to the session: a secret is uniformly random, so that it needs no salt. */
function sealingKey({ userId, sessionId, secret }: RefreshToken): Buffer {
  const purpose = `memopad refresh token successor ${userId}.${sessionId}`;
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { isUlid, type RandomBytes } from '#domain/viewer/ulid.ts';

/**
 * An opaque secret that is traded for the next one: `<userId>.<sessionId>.<familySecret>.<secret>`.
 * The ids find the session's row. The family secret proves that a stale token really is a former one
 * of this session, so that junk can't end a session; the secret changes with every use.
 */
export interface RefreshToken {
  readonly userId: string;
  readonly sessionId: string;
  readonly familySecret: string;
  readonly secret: string;
}

const SECRET_BYTES = 32;
/** 32 bytes in base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const TOKEN_LENGTH = 26 + 1 + 26 + 1 + 43 + 1 + 43;

/** Null for a text that can't be a refresh token. */
export function parseRefreshToken(text: string): RefreshToken | null {
  if (text.length !== TOKEN_LENGTH) return null;
  const [userId = '', sessionId = '', familySecret = '', secret = ''] = text.split('.');
  const isToken = [userId, sessionId].every(isUlid) && SECRET.test(familySecret);
  return isToken && SECRET.test(secret) ? { userId, sessionId, familySecret, secret } : null;
}

export function formatRefreshToken(token: RefreshToken): string {
  const { userId, sessionId, familySecret, secret } = token;
  return [userId, sessionId, familySecret, secret].join('.');
}

/** 256 random bits in base64url. */
export function createSecret(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url');
}

/** SHA-256 in base64url: a secret of 256 bits needs no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Whether the hash is the secret's, compared in constant time. */
export function isHashOf(hash: string, secret: string): boolean {
  const [known, computed] = [Buffer.from(hash), Buffer.from(hashSecret(secret))];
  return known.length === computed.length && timingSafeEqual(known, computed);
}

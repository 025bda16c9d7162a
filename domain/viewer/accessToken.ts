import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Clock, epochSeconds } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import { tokenProblem } from './tokenProblem.ts';
import type { Viewer } from './viewer.ts';

export const ACCESS_TOKEN_ALGORITHM = 'RS256';
export const ACCESS_TOKEN_AUDIENCE = 'memopad';
export const ACCESS_TOKEN_TTL_SECONDS = 15 * 60;
/** Ours are about 900 characters; larger ones are refused before any work is done on them. */
const MAX_TOKEN_LENGTH = 4096;
/** Header, claims and signature (RFC 7515 section 3.1). */
const JWT_PARTS = 3;
/** A repeated token is looked up instead of verified: 2 µs instead of 54. */
const REMEMBERED_TOKENS = 1_000;
/** How far the clock of whoever issued a token may be ahead of ours. */
const CLOCK_SKEW_SECONDS = 5;

/** Who an `Authorization` header speaks for: nobody (`null`) when there is none. Throws UNAUTHENTICATED for any other than a good one. */
export type VerifyAuthorization = (authorization: string | undefined) => Promise<Viewer | null>;

export interface VerifierOptions {
  /** The exact `iss`: no trailing slash. */
  readonly issuer: string;
  /** Finds the public key, by `kid`, among the issuer's own: jose's local or remote JWKS. */
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
}

/**
 * Makes the check of access tokens (RFC 7519, hardened as RFC 8725 says): algorithm, issuer and
 * audience are pinned, and nothing in a token's header chooses the key but its `kid`.
 */
export function createVerifier(options: VerifierOptions): VerifyAuthorization {
  const remembered = new Map<string, Verified>();
  return async (authorization) => {
    if (authorization === undefined) return null;
    const known = remembered.get(authorization);
    if (known && options.clock() < known.expiresAtMs) return known.viewer;
    const verified = await verify(bearerToken(authorization), options);
    remember(remembered, authorization, verified);
    return verified.viewer;
  };
}

interface Verified {
  readonly viewer: Viewer;
  readonly expiresAtMs: number;
}

function bearerToken(authorization: string): string {
  const [scheme, token, ...rest] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'bearer') throw unlikeBearer('one without `Bearer `');
  if (!token) throw unlikeBearer('one without a token');
  if (rest.length > 0) throw unlikeBearer('more behind the token');
  if (token.length > MAX_TOKEN_LENGTH) {
    throw refusal(`expected at most ${MAX_TOKEN_LENGTH} characters, got ${token.length}`);
  }
  const parts = token.split('.');
  if (parts.length !== JWT_PARTS) {
    throw refusal(
      `expected a signed JWT, ${JWT_PARTS} parts with dots between, got ${parts.length}`,
    );
  }
  const wrong = parts.findIndex((part) => !isCanonicalBase64url(part));
  if (wrong < 0) return token;
  throw refusal(`expected base64url without padding, part ${wrong + 1} of ${JWT_PARTS} is not`);
}

function unlikeBearer(got: string): MemopadError {
  return refusal(`expected \`Authorization: Bearer <access token>\`, once, got ${got}`);
}

/** Decoders drop what they don't know and bits that are too many, so that one signature could be written in many ways. */
function isCanonicalBase64url(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

async function verify(token: string, { issuer, keys, clock }: VerifierOptions): Promise<Verified> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: [ACCESS_TOKEN_ALGORITHM],
      issuer,
      audience: ACCESS_TOKEN_AUDIENCE,
      requiredClaims: ['sub', 'sid', 'iat', 'exp', 'jti'],
      currentDate: new Date(clock()),
    });
    return readClaims(token, payload, clock);
  } catch (error) {
    if (isAboutToken(error)) throw refusal(tokenProblem(error, issuer), error);
    throw error;
  }
}

/** When the issuer's keys can't be had or read, that says nothing about the token: the viewer stays signed in. */
const KEY_TROUBLE: readonly string[] = [
  errors.JOSEError.code,
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
  errors.JWKInvalid.code,
];

function isAboutToken(error: unknown): error is errors.JOSEError {
  return error instanceof errors.JOSEError && !KEY_TROUBLE.includes(error.code);
}

function readClaims(token: string, payload: JWTPayload, clock: Clock): Verified {
  const { sub, sid, aud, iat, exp, token_use: use } = payload;
  if (use !== 'access') throw refusal('expected a token with token_use "access"');
  if (typeof aud !== 'string') throw refusal('expected one audience');
  if (!isId(sub) || !isId(sid)) throw refusal('expected the claims sub and sid to name somebody');
  if (!exp || !iat || iat > epochSeconds(clock()) + CLOCK_SKEW_SECONDS) {
    throw refusal('expected it to be issued before now');
  }
  if (hasRepeatedClaims(token, payload)) throw refusal('expected every claim once');
  return { viewer: { userId: sub, sessionId: sid }, expiresAtMs: exp * 1000 };
}

const isId = (claim: unknown): claim is string => typeof claim === 'string' && claim !== '';

/** JSON.parse keeps the last of two equal names and so hides the first; our own tokens are exactly what JSON.stringify writes. */
function hasRepeatedClaims(token: string, payload: JWTPayload): boolean {
  const sent = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return sent !== JSON.stringify(payload);
}

/** By the whole header, so that a repeated one isn't even taken apart. */
function remember(
  remembered: Map<string, Verified>,
  authorization: string,
  verified: Verified,
): void {
  const oldest = remembered.keys().next();
  if (remembered.size >= REMEMBERED_TOKENS && !oldest.done) remembered.delete(oldest.value);
  remembered.set(authorization, verified);
}

function refusal(why: string, cause?: unknown): MemopadError {
  return new MemopadError('UNAUTHENTICATED', `The access token was refused: ${why}.`, {}, cause);
}

import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Clock, epochSeconds } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import {
  ACCESS_TOKEN_AUDIENCE,
  accessClaimsProblem,
  CLOCK_SKEW_SECONDS,
  tokenRefusal,
} from './accessClaims.ts';
import { tokenProblem } from './tokenProblem.ts';
import { isUlid } from './ulid.ts';
import type { Viewer, Watch } from './viewer.ts';

export const ACCESS_TOKEN_ALGORITHM = 'RS256';
export const ACCESS_TOKEN_TTL_SECONDS = 15 * 60;
/** A watch token that would hold for longer is none of ours. */
export const WATCH_TOKEN_TTL_SECONDS = 5 * 60;
/** Ours are about 900 characters; larger ones are refused before any work is done on them. */
const MAX_TOKEN_LENGTH = 4096;
/** Header, claims and signature (RFC 7515 section 3.1). */
const JWT_PARTS = 3;
/** A repeated token is looked up instead of verified: 2 µs instead of 54. */
const REMEMBERED_TOKENS = 1_000;

/** Who an `Authorization` header speaks for: nobody (`null`) when there is none. Throws UNAUTHENTICATED for any other than a good one. */
export type VerifyAuthorization = (authorization: string | undefined) => Promise<Viewer | null>;

/** Like VerifyAuthorization, and takes watch tokens too: for whom the live service asks, and nobody else. */
export type VerifyCaller = (authorization: string | undefined) => Promise<Viewer | Watch | null>;

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
 * With `acceptWatch` watch tokens are good as well.
 */
export function createVerifier(
  options: VerifierOptions & { readonly acceptWatch: true },
): VerifyCaller;
export function createVerifier(options: VerifierOptions): VerifyAuthorization;
export function createVerifier(
  options: VerifierOptions & { readonly acceptWatch?: true },
): VerifyCaller {
  const readers = options.acceptWatch ? [readAccess, readWatch] : [readAccess];
  const check = createCheck<Viewer | Watch>(options, readers);
  return async (authorization) => {
    if (authorization === undefined) return null;
    return (await check(authorization)).caller;
  };
}

/** Who an access token speaks for, and until when: for what outlasts a request. */
export interface LastingViewer {
  readonly viewer: Viewer;
  /** Seconds since 1970. */
  readonly endsAt: number;
}

/** Like VerifyAuthorization for somebody who has to sign in, and tells when the token ends. */
export type VerifyLasting = (authorization: string) => Promise<LastingViewer>;

/** Like createVerifier, of access tokens alone. */
export function createLastingVerifier(options: VerifierOptions): VerifyLasting {
  const check = createCheck(options, [readAccess]);
  return async (authorization) => {
    const { caller, expiresAtMs } = await check(authorization);
    return { viewer: caller, endsAt: epochSeconds(expiresAtMs) };
  };
}

function createCheck<Caller>(
  options: VerifierOptions,
  readers: readonly ReadClaims<Caller>[],
): (authorization: string) => Promise<Verified<Caller>> {
  const remembered = new Map<string, Verified<Caller>>();
  return async (authorization) => {
    const known = remembered.get(authorization);
    if (known && options.clock() < known.expiresAtMs) return known;
    const verified = await verify(bearerToken(authorization), options, readers);
    remember(remembered, authorization, verified);
    return verified;
  };
}

interface Verified<Caller> {
  readonly caller: Caller;
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

async function verify<Caller>(
  token: string,
  { issuer, keys, clock }: VerifierOptions,
  readers: readonly ReadClaims<Caller>[],
): Promise<Verified<Caller>> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: [ACCESS_TOKEN_ALGORITHM],
      issuer,
      audience: ACCESS_TOKEN_AUDIENCE,
      requiredClaims: ['iat', 'exp', 'jti', 'token_use'],
      currentDate: new Date(clock()),
    });
    return readClaims(token, payload, clock, readers);
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

/** Says whom a token of its use speaks for; undefined for a token of another use. */
type ReadClaims<Caller> = (payload: JWTPayload, nowSeconds: number) => Caller | undefined;

function readClaims<Caller>(
  token: string,
  payload: JWTPayload,
  clock: Clock,
  readers: readonly ReadClaims<Caller>[],
): Verified<Caller> {
  const { aud, iat, exp } = payload;
  if (typeof aud !== 'string') throw refusal('expected one audience');
  const nowSeconds = epochSeconds(clock());
  if (!exp || !iat || iat > nowSeconds + CLOCK_SKEW_SECONDS) {
    throw refusal('expected it to be issued before now');
  }
  if (hasRepeatedClaims(token, payload)) throw refusal('expected every claim once');
  for (const read of readers) {
    const caller = read(payload, nowSeconds);
    if (caller) return { caller, expiresAtMs: exp * 1000 };
  }
  throw refusal('expected a token with token_use "access"');
}

function readAccess(payload: JWTPayload, nowSeconds: number): Viewer | undefined {
  if (payload.token_use !== 'access') return undefined;
  const problem = accessClaimsProblem(payload, nowSeconds);
  if (problem !== null) throw refusal(problem);
  return { userId: String(payload.sub), sessionId: String(payload.sid) };
}

function readWatch({ token_use: use, sub, sid, pad, iat, exp }: JWTPayload): Watch | undefined {
  if (use !== 'watch') return undefined;
  if (sub !== undefined || sid !== undefined) throw refusal('expected no claims sub and sid');
  if (!isId(pad) || !isUlid(pad)) throw refusal('expected the claim pad to name a pad');
  if (Number(exp) - Number(iat) > WATCH_TOKEN_TTL_SECONDS) {
    throw refusal(`expected it to hold for ${WATCH_TOKEN_TTL_SECONDS} seconds at most`);
  }
  return { watchedPadId: pad };
}

const isId = (claim: unknown): claim is string => typeof claim === 'string' && claim !== '';

/** JSON.parse keeps the last of two equal names and so hides the first; our own tokens are exactly what JSON.stringify writes. */
function hasRepeatedClaims(token: string, payload: JWTPayload): boolean {
  const sent = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return sent !== JSON.stringify(payload);
}

/** By the whole header, so that a repeated one isn't even taken apart. */
function remember<Kept>(
  remembered: Map<string, Kept>,
  authorization: string,
  verified: Kept,
): void {
  const oldest = remembered.keys().next();
  if (remembered.size >= REMEMBERED_TOKENS && !oldest.done) remembered.delete(oldest.value);
  remembered.set(authorization, verified);
}

function refusal(why: string, cause?: unknown): MemopadError {
  const { code, message } = tokenRefusal(why);
  return new MemopadError(code, message, {}, cause);
}

/**
 * Whom the claims of a verified token speak for. Written in the APPSYNC_JS subset, because both doors
 * read this very file: on AppSync the service itself checks signature, issuer and expiry, and that the
 * audience is among several.
 */
import type { Problem } from '#domain/errors.ts';

/** What an access token must say beside what every JWT says. */
export interface AccessClaims {
  readonly token_use?: unknown;
  readonly sub?: unknown;
  readonly sid?: unknown;
  readonly pad?: unknown;
  readonly aud?: unknown;
  readonly jti?: unknown;
  readonly iat?: unknown;
}

export const ACCESS_TOKEN_AUDIENCE = 'memopad';
/** How far the clock of whoever issued a token may be ahead of ours. */
export const CLOCK_SKEW_SECONDS = 5;

/** For a request without an access token that needs one. */
export const SIGNED_OUT: Problem = {
  code: 'UNAUTHENTICATED',
  message: 'Expected an access token in the Authorization header, got none. Sign in first.',
};

/** Says what is wrong with the claims of an access token; null when they name a user and a session. */
export function accessClaimsProblem(claims: AccessClaims, nowSeconds: number): string | null {
  const { token_use: use, sub, sid, pad } = claims;
  if (use !== 'access') return 'expected a token with token_use "access"';
  if (isMissing(sub)) return 'expected the claim "sub", got none';
  if (isMissing(sid)) return 'expected the claim "sid", got none';
  if (!isId(sub) || !isId(sid)) return 'expected the claims sub and sid to name somebody';
  return isMissing(pad) ? issueProblem(claims, nowSeconds) : 'expected no claim pad';
}

function issueProblem({ aud, jti, iat }: AccessClaims, nowSeconds: number): string | null {
  if (aud !== ACCESS_TOKEN_AUDIENCE) return 'expected one audience';
  if (isMissing(jti)) return 'expected the claim "jti", got none';
  const isBeforeNow = typeof iat === 'number' && iat <= nowSeconds + CLOCK_SKEW_SECONDS;
  return isBeforeNow ? null : 'expected it to be issued before now';
}

/** How a bad token is refused: `why` tells what was expected, nothing of the token itself. */
export function tokenRefusal(why: string): Problem {
  return { code: 'UNAUTHENTICATED', message: `The access token was refused: ${why}.` };
}

const isMissing = (claim: unknown): boolean => claim === undefined;

const isId = (claim: unknown): boolean => typeof claim === 'string' && claim !== '';

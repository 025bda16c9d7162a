/**
 * Whom the claims of a verified token speak for. Written in the APPSYNC_JS subset, because both doors
 * read this very file: on AppSync the service itself checks signature, issuer, audience and times.
 */
import type { Problem } from '#domain/errors.ts';

/** What an access token must say beside what every JWT says. */
export interface AccessClaims {
  readonly token_use?: unknown;
  readonly sub?: unknown;
  readonly sid?: unknown;
  readonly pad?: unknown;
}

/** For a request without an access token that needs one. */
export const SIGNED_OUT: Problem = {
  code: 'UNAUTHENTICATED',
  message: 'Expected an access token in the Authorization header, got none. Sign in first.',
};

/** Says what is wrong with the claims of an access token; null when they name a user and a session. */
export function accessClaimsProblem(claims: AccessClaims): string | null {
  const { token_use: use, sub, sid, pad } = claims;
  if (use !== 'access') return 'expected a token with token_use "access"';
  if (isMissing(sub)) return 'expected the claim "sub", got none';
  if (isMissing(sid)) return 'expected the claim "sid", got none';
  if (!isId(sub) || !isId(sid)) return 'expected the claims sub and sid to name somebody';
  return isMissing(pad) ? null : 'expected no claim pad';
}

/** How a bad token is refused: `why` tells what was expected, nothing of the token itself. */
export function tokenRefusal(why: string): Problem {
  return { code: 'UNAUTHENTICATED', message: `The access token was refused: ${why}.` };
}

const isMissing = (claim: unknown): boolean => claim === undefined;

const isId = (claim: unknown): boolean => typeof claim === 'string' && claim !== '';

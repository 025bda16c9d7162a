import { type Clock, epochSeconds, isoTime } from '#domain/clock.ts';
import { ACCESS_TOKEN_AUDIENCE } from '#domain/viewer/accessClaims.ts';
import { ACCESS_TOKEN_TTL_SECONDS } from '#domain/viewer/accessToken.ts';
import { createUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import type { SigningKey } from './signingKey.ts';
import { createTokenSigner } from './tokenSigner.ts';

/** The one scope there is: everything its user may do. */
export const ACCESS_TOKEN_SCOPE = 'memopad';
/** Sign-in is first-party: there is one client. */
const CLIENT_ID = 'memopad';

export interface AccessToken {
  /** A JWT in compact form (RFC 7519). */
  readonly token: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** Makes an access token that speaks for this user and session. */
export type IssueAccessToken = (viewer: Viewer) => Promise<AccessToken>;

export interface AccessTokenIssuerOptions {
  /** An origin such as `https://auth.example.com`: verifiers compare it to the letter. */
  readonly issuer: string;
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** The header `typ`. RFC 9068 wants `at+jwt`; AppSync and API Gateway are only known to take `JWT`, so `token_use` tells tokens apart. */
  readonly tokenType?: 'JWT' | 'at+jwt';
}

export function createAccessTokenIssuer(options: AccessTokenIssuerOptions): IssueAccessToken {
  const { issuer, signingKey, clock, randomBytes, tokenType = 'JWT' } = options;
  const sign = createTokenSigner({ issuer, signingKey, tokenType });
  return async ({ userId, sessionId }) => {
    const iat = epochSeconds(clock());
    const exp = iat + ACCESS_TOKEN_TTL_SECONDS;
    const token = await sign({
      sub: userId,
      aud: ACCESS_TOKEN_AUDIENCE,
      client_id: CLIENT_ID,
      iat,
      exp,
      jti: createUlid(clock(), randomBytes),
      sid: sessionId,
      scope: ACCESS_TOKEN_SCOPE,
      token_use: 'access',
    });
    return { token, expiresAt: isoTime(exp * 1000) };
  };
}

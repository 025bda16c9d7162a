import { type Clock, epochSeconds, isoTime } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import { ACCESS_TOKEN_AUDIENCE } from '#domain/viewer/accessClaims.ts';
import { WATCH_TOKEN_TTL_SECONDS } from '#domain/viewer/accessToken.ts';
import { createUlid, isUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import type { SigningKey } from './signingKey.ts';
import { createTokenSigner } from './tokenSigner.ts';

/** What lets the live service read the changes of one pad, for five minutes. */
export interface WatchToken {
  /** A JWT in compact form (RFC 7519). */
  readonly watchToken: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** Makes a watch token. Whether the pad is there, and who may watch it, is for whoever asks to know. @throws BAD_USER_INPUT */
export type IssueWatchToken = (padId: string) => Promise<WatchToken>;

export interface WatchTokenIssuerOptions {
  /** The `iss` of access tokens. */
  readonly issuer: string;
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/** It speaks for nobody: without `sub` and `sid` no verifier can take it for a person's. */
export function createWatchTokenIssuer(options: WatchTokenIssuerOptions): IssueWatchToken {
  const { issuer, signingKey, clock, randomBytes } = options;
  const sign = createTokenSigner({ issuer, signingKey, tokenType: 'JWT' });
  return async (padId) => {
    if (!isUlid(padId)) throw new MemopadError('BAD_USER_INPUT', 'Expected the id of a pad.');
    const iat = epochSeconds(clock());
    const exp = iat + WATCH_TOKEN_TTL_SECONDS;
    const watchToken = await sign({
      aud: ACCESS_TOKEN_AUDIENCE,
      iat,
      exp,
      jti: createUlid(clock(), randomBytes),
      token_use: 'watch',
      pad: padId,
    });
    return { watchToken, expiresAt: isoTime(exp * 1000) };
  };
}

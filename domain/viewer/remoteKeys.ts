import {
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';

export interface RemoteKeysOptions {
  /** The issuer's `jwks_uri`. */
  readonly jwksUri: string;
  /** How to fetch; `fetch` itself when left out. */
  readonly fetch?: FetchImplementation;
  /** How soon an unknown `kid` may make us ask again: forged tokens can't make a storm of it. In milliseconds, 30_000 by default. */
  readonly coolDownMs?: number;
}

/** The next key is published longer than this before it signs. */
const KEPT_FOR_MS = 10 * 60 * 1000;
const TIMEOUT_MS = 5_000;

/** Finds keys in the set that another process publishes, fetched when first needed and kept. */
export function remoteKeys(options: RemoteKeysOptions): JWTVerifyGetKey {
  const { jwksUri, fetch: fetchKeys = fetch, coolDownMs = 30_000 } = options;
  return createRemoteJWKSet(new URL(jwksUri), {
    cooldownDuration: coolDownMs,
    cacheMaxAge: KEPT_FOR_MS,
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: fetchKeys,
  });
}

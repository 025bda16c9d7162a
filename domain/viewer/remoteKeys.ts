import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Clock } from '#domain/clock.ts';

export interface RemoteKeysOptions {
  /** Fetches the key set that the issuer publishes; rejects when it can't be had. */
  readonly load: () => Promise<JSONWebKeySet>;
  readonly clock: Clock;
  /** How soon an unknown `kid` may make us ask again: forged tokens can't make a storm of it. In milliseconds, 30_000 by default. */
  readonly coolDownMs?: number;
}

/** The next key is published longer than this before it signs. */
const KEPT_FOR_MS = 10 * 60 * 1000;
/** While the issuer is down its last keys count on: access tokens end after 15 minutes, its outage shall not end them all. */
const OUTLIVE_ISSUER_MS = 6 * 60 * 60 * 1000;

interface KeySet {
  readonly find: JWTVerifyGetKey;
  readonly loadedAtMs: number;
}

/**
 * Finds keys in the set that another process publishes, fetched when first needed and kept. jose's own
 * `createRemoteJWKSet` does the same with `fetch`, which a function had to load at its cold start.
 */
export function remoteKeys(options: RemoteKeysOptions): JWTVerifyGetKey {
  const { load, clock, coolDownMs = 30_000 } = options;
  let known: KeySet | undefined;
  let loading: Promise<KeySet> | undefined;
  let failedAtMs = Number.NEGATIVE_INFINITY;

  async function loadNow(): Promise<KeySet> {
    try {
      known = { find: createLocalJWKSet(await load()), loadedAtMs: clock() };
      return known;
    } finally {
      loading = undefined;
    }
  }

  /** Those who ask at the same time share an answer. */
  function reload(): Promise<KeySet> {
    loading ??= loadNow();
    return loading;
  }

  async function current(): Promise<KeySet> {
    const last = known;
    if (!last) return reload();
    const ageMs = clock() - last.loadedAtMs;
    if (ageMs < KEPT_FOR_MS) return last;
    if (ageMs >= OUTLIVE_ISSUER_MS) return reload();
    if (clock() - failedAtMs < coolDownMs) return last;
    return reload().catch(() => {
      failedAtMs = clock();
      return last;
    });
  }

  return async (header, token) => {
    const keys = await current();
    try {
      return await keys.find(header, token);
    } catch (error) {
      const mayAskAgain = clock() - keys.loadedAtMs >= coolDownMs;
      if (!(error instanceof errors.JWKSNoMatchingKey && mayAskAgain)) throw error;
    }
    return (await reload()).find(header, token);
  };
}

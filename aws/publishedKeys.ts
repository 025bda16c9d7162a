import type { JSONWebKeySet } from 'jose';
import { createHttpClient } from './httpClient.ts';

const TIMEOUT_MS = 5_000;

/** Fetches the key set that an issuer publishes. */
export function publishedKeys(jwksUrl: string): () => Promise<JSONWebKeySet> {
  const { origin, pathname, search } = new URL(jwksUrl);
  const send = createHttpClient({ origin, timeoutMs: TIMEOUT_MS });
  const headers = { accept: 'application/json' };
  return async () => {
    const { status, body } = await send({ method: 'GET', path: pathname + search, headers });
    if (status === 200) return JSON.parse(body);
    throw new Error(`Expected the keys at ${jwksUrl}, got status ${status}.`);
  };
}

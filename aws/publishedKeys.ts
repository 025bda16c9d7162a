import type { JSONWebKeySet } from 'jose';
import { createHttpClient, RequestFailed } from './httpClient.ts';
import { type Outcome, type SendAgainOptions, sendAgain } from './sendAgain.ts';

const TIMEOUT_MS = 5_000;
const TOO_MANY_REQUESTS = 429;

/** Fetches the key set that an issuer publishes; what failed for a moment is tried again. */
export function publishedKeys(
  jwksUrl: string,
  pauses: Pick<SendAgainOptions, 'wait' | 'random'> = {},
): () => Promise<JSONWebKeySet> {
  const { origin, pathname, search } = new URL(jwksUrl);
  const client = createHttpClient({ origin, timeoutMs: TIMEOUT_MS });
  const headers = { accept: 'application/json' };
  const send = () => client({ method: 'GET', path: pathname + search, headers });
  return async () => {
    const outcome = await sendAgain({ send, mayTryAgain: isForAMoment, ...pauses });
    if (outcome instanceof RequestFailed) throw outcome;
    const { status, body } = outcome;
    if (status === 200) return JSON.parse(body);
    throw new Error(`Expected the keys at ${jwksUrl}, got status ${status}.`);
  };
}

/** Who waited for long doesn't want to wait again. */
function isForAMoment(outcome: Outcome): boolean {
  if (outcome instanceof RequestFailed) return outcome.code !== 'ETIMEDOUT';
  return outcome.status >= 500 || outcome.status === TOO_MANY_REQUESTS;
}

import { RequestFailed, type WireResponse } from './httpClient.ts';

/** What came of a request. */
export type Outcome = WireResponse | RequestFailed;

export interface SendAgainOptions {
  readonly send: () => Promise<WireResponse>;
  readonly mayTryAgain: (outcome: Outcome) => boolean;
  /** Waits so many milliseconds; the system's own timer when left out. */
  readonly wait?: ((ms: number) => Promise<void>) | undefined;
  /** From 0 to 1, `Math.random` when left out: callers that were refused together shall not come back together. */
  readonly random?: (() => number) | undefined;
}

/** How long to wait before each further try at most: milliseconds. */
const DELAYS_MS = [100, 400];

/** Sends a request up to three times. Rejects with what isn't a RequestFailed alone. */
export async function sendAgain(options: SendAgainOptions): Promise<Outcome> {
  const { send, mayTryAgain, wait = sleep, random = Math.random } = options;
  for (const delayMs of DELAYS_MS) {
    const outcome = await send().catch(readFailure);
    if (!mayTryAgain(outcome)) return outcome;
    await wait(random() * delayMs);
  }
  return send().catch(readFailure);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function readFailure(error: unknown): RequestFailed {
  if (error instanceof RequestFailed) return error;
  throw error;
}

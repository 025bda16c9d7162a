import { refused } from '#live/push/refusal.ts';

/**
 * How long a subscription may take to begin, in milliseconds. The function ends after 28 seconds,
 * and a row that is "catching up" then would be nobody's: the rest is for removing it and saying so.
 */
export const BEGIN_WITHIN_MS = 20_000;

/**
 * Settles as the work does, unless the time is over before that. Work that nobody waits for any more
 * has to look at the signal itself.
 * @throws SubscriptionRefused INTERNAL, which clients try again
 */
export async function withinTime<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  requireTime(signal);
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(tookTooLong());
    signal.addEventListener('abort', giveUp, { once: true });
    void work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** @throws SubscriptionRefused INTERNAL when the time is over */
export function requireTime(signal: AbortSignal): void {
  if (signal.aborted) throw tookTooLong();
}

function tookTooLong() {
  return refused('The subscription took too long to begin. Try again.', 'INTERNAL');
}

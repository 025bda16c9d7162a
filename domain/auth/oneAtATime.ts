import { MemopadError } from '#domain/errors.ts';

const RETRY_AFTER_SECONDS = 1;

/**
 * Makes work wait until the work before it is done, well or not, and whatever else is ready had its
 * turn. At most `maxWaiting` may wait: a longer queue is answered long after its askers gave up.
 *
 * @throws RATE_LIMITED when the queue is full.
 */
export function oneAtATime<Given extends unknown[], Result>(
  maxWaiting: number,
  work: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  let previous: Promise<unknown> = Promise.resolve();
  let unfinished = 0;
  return async (...given) => {
    if (unfinished > maxWaiting) throw tooMany();
    unfinished += 1;
    const result = previous.then(() => work(...given));
    previous = result.then(letOthersIn, letOthersIn);
    try {
      return await result;
    } finally {
      unfinished -= 1;
    }
  };
}

/** Requests that came meanwhile are read before the next work begins. */
function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function tooMany(): MemopadError {
  const details = { retryAfterSeconds: RETRY_AFTER_SECONDS };
  return new MemopadError('RATE_LIMITED', 'Too many sign-ins at once. Try again.', details);
}

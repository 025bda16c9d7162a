import { problemError } from '#domain/errors.ts';
import { PAD_OVERTAKEN } from './pad.ts';

const MAX_ATTEMPTS = 5;

/**
 * Runs an attempt (read, decide, write on condition) again while it says CHANGED: someone else
 * wrote between its read and its write. Each attempt decides anew, access included.
 *
 * @throws CONFLICT when 5 attempts were overtaken.
 */
export async function retryWhileChanged<Result>(
  attempt: () => Promise<Result | 'CHANGED'>,
): Promise<Result> {
  for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
    const result = await attempt();
    if (result !== 'CHANGED') return result;
  }
  throw problemError(PAD_OVERTAKEN);
}

import { PlainError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { HttpResponse } from '#domain/viewer/httpMessage.ts';
import type { Answer } from './router.ts';

/** What is asked may hang; a load balancer's patience is about 5 seconds. */
const TIME_LIMIT_MS = 3_000;

export interface HealthOptions {
  /** Rejects when the service can't do its work. */
  readonly checkHealth: () => Promise<void>;
  readonly log: Log;
  readonly timeLimitMs?: number;
}

/** Says `pass` or `fail` and nothing else; the reason goes to the log. https://datatracker.ietf.org/doc/html/draft-inadarei-api-health-check-06 */
export function createHealth(options: HealthOptions): Answer {
  const { checkHealth, log, timeLimitMs = TIME_LIMIT_MS } = options;
  return async (_request, requestId) => {
    try {
      await withTimeLimit(checkHealth, timeLimitMs);
      return answer(200, 'pass');
    } catch (error) {
      log({ level: 'warn', message: 'unhealthy', requestId, error: describeUnexpected(error) });
      return answer(503, 'fail');
    }
  };
}

async function withTimeLimit(check: () => Promise<void>, timeLimitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PlainError(`no answer in ${timeLimitMs} ms`)), timeLimitMs);
  });
  await Promise.race([late, (async () => check())()]).finally(() => clearTimeout(timer));
}

function answer(status: number, word: 'pass' | 'fail'): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ status: word }),
  };
}

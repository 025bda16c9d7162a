import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { RequestTrace } from './context.ts';

/** Writes the line about a request when it has been answered. */
export type FinishRequest = (trace: RequestTrace, status: number) => void;

/** Starts the clock of a request's log line: who asked for what and how it went, never what was said. */
export function beginRequest(requestId: string, log: Log, clock: Clock): FinishRequest {
  const startedAtMs = clock();
  return ({ operationName, operationType, errorCodes, userId }, status) => {
    const level = status >= 500 || errorCodes?.includes('INTERNAL') ? 'error' : 'info';
    const ms = clock() - startedAtMs;
    const what = { operationName, operationType, errorCodes, userId };
    log({ level, message: 'request', requestId, status, ms, ...what });
  };
}

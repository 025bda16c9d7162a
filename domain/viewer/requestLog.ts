import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { HttpRequest } from './httpMessage.ts';

/** What becomes known of a request on its way: who asked for what and how it went, never what was said. */
export interface RequestFacts {
  /** Of a GraphQL request. */
  readonly operationName?: string | undefined;
  readonly operationType?: string | undefined;
  /** Of any other: `POST /token`, as the service names it and not as it was sent. */
  readonly route?: string | undefined;
  /** The codes of the errors it was answered with. */
  readonly errorCodes?: readonly string[] | undefined;
  readonly userId?: string | undefined;
}

/** Writes the line about a request when it has been answered. */
export type FinishRequest = (facts: RequestFacts, status: number) => void;

/** Starts the clock of a request's log line, in the form that every HTTP door of ours writes. */
export function beginRequest(
  { method, path, sourceIp }: Pick<HttpRequest, 'method' | 'path' | 'sourceIp'>,
  requestId: string,
  { log, clock }: { readonly log: Log; readonly clock: Clock },
): FinishRequest {
  // Load balancers ask for health every few seconds, browsers for permission before most requests.
  if (path === '/health' || method === 'OPTIONS') return () => {};
  const startedAtMs = clock();
  return ({ operationName, operationType, route, errorCodes, userId }, status) => {
    const level = status >= 500 || errorCodes?.includes('INTERNAL') ? 'error' : 'info';
    const ms = clock() - startedAtMs;
    const what = { operationName, operationType, route, errorCodes, userId };
    log({ level, message: 'request', requestId, sourceIp, status, ms, ...what });
  };
}

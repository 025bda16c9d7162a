import { ACCOUNT } from '#local/cloud/account.ts';
import type { HttpApiDefinition } from './definition.ts';
import { clfTime } from './event.ts';
import { type ApiAnswer, type ApiRequest, headerOf } from './message.ts';

/** A request and what became of it. */
export interface Exchange {
  readonly definition: HttpApiDefinition;
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly timeMs: number;
  readonly latencyMs: number;
  readonly outcome: Outcome;
}

export interface Outcome {
  readonly answer: ApiAnswer;
  readonly routeKey?: string | undefined;
  /** How long the function took. */
  readonly integrationLatencyMs?: number | undefined;
  /** The status the function answered with. */
  readonly integrationStatus?: number | undefined;
  /** Why the answer isn't the function's. */
  readonly integrationError?: string | undefined;
}

/**
 * Fills in a stage's format. What there is no value for is a dash.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export function formatAccessLog(format: string, exchange: Exchange): string {
  return fillIn(format, describe(exchange));
}

/** @param values by the names of the variables, without `$context.` */
export function fillIn(format: string, values: Readonly<Record<string, unknown>>): string {
  return format.replace(/\$context((?:\.\w+)+)/g, (_variable, path: string) => {
    const value = values[path.slice(1)];
    return value === undefined || value === '' ? '-' : quote(String(value));
  });
}

function describe({ definition, request, requestId, timeMs, latencyMs, outcome }: Exchange) {
  const { answer, routeKey, integrationLatencyMs, integrationStatus, integrationError } = outcome;
  const lambdaStatus = integrationStatus === undefined ? undefined : 200;
  return {
    accountId: ACCOUNT,
    apiId: definition.apiId,
    domainName: headerOf(request, 'host'),
    domainPrefix: definition.apiId,
    extendedRequestId: requestId,
    httpMethod: request.method,
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': headerOf(request, 'user-agent'),
    'integration.error': integrationError,
    'integration.integrationStatus': lambdaStatus,
    'integration.latency': integrationLatencyMs,
    'integration.status': integrationStatus,
    integrationErrorMessage: integrationError,
    integrationLatency: integrationLatencyMs,
    integrationStatus: lambdaStatus,
    path: request.path,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: clfTime(timeMs),
    requestTimeEpoch: timeMs,
    responseLatency: latencyMs,
    responseLength: Buffer.byteLength(answer.body),
    routeKey,
    stage: definition.stage,
    status: answer.status,
  };
}

/** Formats are JSON as a rule, and a client must not be able to write lines of its own. */
const quote = (text: string): string => JSON.stringify(text).slice(1, -1);

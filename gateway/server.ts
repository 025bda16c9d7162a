import { randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { VerifyCaller } from '#domain/viewer/accessToken.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import { readRequestId } from '#domain/viewer/requestId.ts';
import { beginRequest } from '#domain/viewer/requestLog.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { type Apollo, startApollo } from './apollo.ts';
import type { RequestTrace } from './context.ts';
import { maskedError, type PublicError, Refusal } from './errors.ts';
import { createGraphQLOverHttp } from './graphqlOverHttp.ts';
import { createHealth } from './health.ts';
import { negotiateMediaType, type ResponseMediaType } from './mediaType.ts';
import { type AllowedOrigins, createOrigins, type Origins } from './origins.ts';
import { findAnswer, type Routes } from './router.ts';

export interface GatewayOptions {
  readonly subgraphs: { readonly auth: Subgraph; readonly memo: Subgraph };
  readonly verify: VerifyCaller;
  /** Whether the schema may be read and error messages may suggest names from it; off in production. */
  readonly introspection: boolean;
  /** Whose pages may use the API. `'loopback'`: those of this machine; then the Host header must name it too. */
  readonly allowedOrigins: AllowedOrigins;
  /** Rejects when the service can't do its work; `/health` answers 503 then. */
  readonly checkHealth: () => Promise<void>;
  readonly log: Log;
  readonly clock?: Clock;
}

export interface Gateway {
  /** Serves `GET`, `POST` and `OPTIONS /graphql`, `GET` and `HEAD /health`. */
  readonly http: HttpHandler;
  stop(): Promise<void>;
}

/** Makes the gateway: one GraphQL API over both subgraphs, as an HTTP handler for whichever server. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { log, clock = Date.now } = options;
  const apollo = await startApollo(options);
  const origins = createOrigins(options.allowedOrigins);
  const routes = createRoutes(apollo, origins, options);
  const http: HttpHandler = async (request) => {
    const { headers } = request;
    const requestId = readRequestId(headers['x-request-id'], randomUUID);
    const trace: RequestTrace = {};
    const finish = beginRequest(request, requestId, { log, clock });
    let response: HttpResponse;
    try {
      origins.check(headers);
      response = await findAnswer(routes, request)(request, requestId, trace);
    } catch (error) {
      response = answerError(error, request, requestId, trace, log);
    }
    finish(trace, response.status);
    const { status, body } = response;
    const own = { ...FIXED_HEADERS, 'x-request-id': requestId };
    return {
      status,
      headers: { ...own, ...origins.corsHeaders(headers), ...response.headers },
      body,
    };
  };
  return { http, stop: apollo.stop };
}

/** Answers are one viewer's own, and JSON whatever a browser might guess. */
const FIXED_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function createRoutes(apollo: Apollo, origins: Origins, options: GatewayOptions): Routes {
  const { verify, checkHealth, log } = options;
  const graphql = createGraphQLOverHttp({ execute: apollo.execute, verify });
  const health = createHealth({ checkHealth, log });
  const permission = async ({ headers }: HttpRequest): Promise<HttpResponse> => ({
    status: 204,
    headers: { ...origins.preflightHeaders(headers), allow: 'GET, POST, OPTIONS' },
    body: '',
  });
  return new Map([
    [
      '/graphql',
      new Map([
        ['GET', graphql],
        ['POST', graphql],
        ['OPTIONS', permission],
      ]),
    ],
    [
      '/health',
      new Map([
        ['GET', health],
        ['HEAD', health],
      ]),
    ],
  ]);
}

function answerError(
  error: unknown,
  { headers: { accept } }: HttpRequest,
  requestId: string,
  trace: RequestTrace,
  log: Log,
): HttpResponse {
  const mediaType = negotiateMediaType(accept) ?? 'application/json';
  if (error instanceof Refusal) {
    const { message, code, status, headers } = error;
    trace.errorCodes = [code];
    return answerWith(status, { message, extensions: { code } }, mediaType, headers);
  }
  const description = describeUnexpected(error);
  log({ level: 'error', message: 'unexpected error', requestId, error: description });
  trace.errorCodes = ['INTERNAL'];
  return answerWith(500, maskedError(requestId), mediaType);
}

function answerWith(
  status: number,
  error: PublicError,
  mediaType: ResponseMediaType,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status,
    headers: { 'content-type': `${mediaType}; charset=utf-8`, ...headers },
    body: JSON.stringify({ errors: [error] }),
  };
}

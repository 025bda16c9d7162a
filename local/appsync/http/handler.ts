import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpHandler, HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import type { RunningApi } from '#local/appsync/api.ts';
import { Unauthorized } from '#local/appsync/auth/caller.ts';
import type { GraphQLRequest } from '#local/appsync/execution/prepare.ts';

/**
 * An AppSync API over HTTP: https://docs.aws.amazon.com/appsync/latest/devguide/using-your-api.html
 * What an operation leads to is 200, errors and all; anything else is a refusal of the request itself.
 */
export function createHttpHandler(api: RunningApi): HttpHandler {
  return async (request) => {
    const requestId = randomUUID();
    try {
      return await answer(api, request, requestId);
    } catch (error) {
      if (error instanceof HttpRefusal) return error.response;
      if (error instanceof Unauthorized) return refuse(401, error.errorType, error.message);
      api.log({ level: 'error', message: 'AppSync failed', requestId, error: String(error) });
      return refuse(500, 'InternalFailure', 'Internal failure.');
    }
  };
}

/** @throws Unauthorized or HttpRefusal */
async function answer(
  api: RunningApi,
  request: HttpRequest,
  requestId: string,
): Promise<HttpResponse> {
  const { method, path, search, headers, body, sourceIp } = request;
  if (path !== '/graphql') throw new HttpRefusal(404, 'UnknownOperationException', UNKNOWN);
  if (method === 'OPTIONS') return { status: 200, headers: PREFLIGHT, body: '' };
  if (method !== 'POST') throw new HttpRefusal(405, 'UnknownOperationException', UNKNOWN);
  const signed = { method, path: `${path}${search}`, headers, body: Buffer.from(body) };
  const caller = await api.identify(signed, sourceIp);
  const facts = { headers: forwarded(headers, sourceIp), requestId };
  const executed = await api.execute(readRequest(body), { caller, facts });
  const added = Object.entries(executed.headers).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return {
    status: 200,
    headers: { ...answerHeaders(requestId), ...Object.fromEntries(added) },
    body: JSON.stringify(executed.answer),
  };
}

const UNKNOWN = 'Unknown Operation Request.';

/** What the edge before AppSync writes: who connected to it, and itself. */
function forwarded(headers: HttpRequest['headers'], sourceIp: string): Record<string, string> {
  const before = headers['x-forwarded-for'];
  const hops = [...(before ? [before] : []), sourceIp, sourceIp];
  return {
    ...headers,
    'x-forwarded-for': hops.join(', '),
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? createTraceId(),
  };
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids */
function createTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}

function readRequest(body: string): GraphQLRequest {
  if (body === '') throw malformed('Request body is empty.');
  const request = parse(body);
  if (typeof request !== 'object' || request === null || !('query' in request)) {
    throw malformed('Unable to parse GraphQL query.');
  }
  const { query, variables, operationName } = request as Record<string, unknown>;
  if (typeof query !== 'string') throw malformed('Unable to parse GraphQL query.');
  if (variables !== undefined && typeof variables !== 'object') {
    throw malformed('Variables must be a map.');
  }
  return {
    query,
    variables: variables as GraphQLRequest['variables'],
    operationName: typeof operationName === 'string' ? operationName : null,
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw malformed('Unable to parse GraphQL query.');
  }
}

const malformed = (message: string): HttpRefusal =>
  new HttpRefusal(400, 'MalformedHttpRequestException', message);

class HttpRefusal extends Error {
  readonly response: HttpResponse;

  constructor(status: number, errorType: string, message: string) {
    super(message);
    this.response = refuse(status, errorType, message);
  }
}

/** In AppSync's own shape. */
export function refuse(status: number, errorType: string, message: string): HttpResponse {
  return {
    status,
    headers: { ...answerHeaders(), 'x-amzn-errortype': errorType },
    body: JSON.stringify({ errors: [{ errorType, message }] }),
  };
}

const answerHeaders = (requestId: string = randomUUID()): Record<string, string> => ({
  'content-type': 'application/json;charset=UTF-8',
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'x-amzn-RequestId,x-amzn-ErrorType,x-amz-user-agent,x-amzn-ErrorMessage,Date,x-amz-schema-version',
  'x-amzn-requestid': requestId,
});

const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers':
    'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,x-amz-user-agent',
  'access-control-max-age': '172800',
};

import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpHandler, HttpRequest, HttpResponse } from '#domain/viewer/httpMessage.ts';
import type { ClientInfo, Subgraph, SubgraphRequest } from '#domain/viewer/subgraphRequest.ts';

export const SUBGRAPH_SECRET_HEADER = 'x-subgraph-secret';

export interface ServeSubgraphOptions {
  readonly subgraph: Subgraph;
  /** What the gateway and this subgraph alone know. */
  readonly secret: string;
}

/**
 * Puts a subgraph behind HTTP for a gateway in another process: `POST` of a SubgraphRequest as JSON.
 * It is for the gateway alone: without its secret in `x-subgraph-secret` everything is 403.
 */
export function serveSubgraph({ subgraph, secret }: ServeSubgraphOptions): HttpHandler {
  if (secret === '') throw new Error('Expected a secret for the subgraph, got an empty text.');
  const expected = digest(secret);
  return async ({ method, headers, body }: HttpRequest) => {
    const given = digest(headers[SUBGRAPH_SECRET_HEADER] ?? '');
    if (!timingSafeEqual(given, expected)) return problem(403, 'Expected the gateway.');
    if (method !== 'POST') return problem(405, `Expected POST, got ${method}.`, { allow: 'POST' });
    const request = readRequest(body);
    if (!request) return problem(400, 'Expected a subgraph request as JSON.');
    return json(200, await subgraph(request));
  };
}

/** Digests are of one length, which comparing in constant time takes. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readRequest(body: string): SubgraphRequest | null {
  const value = parse(body);
  return isSubgraphRequest(value) ? value : null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isSubgraphRequest(value: unknown): value is SubgraphRequest {
  if (!isRecord(value)) return false;
  const { query, variables, operationName, authorization, client, requestId } = value;
  return (
    typeof query === 'string' &&
    typeof requestId === 'string' &&
    (variables === undefined || isRecord(variables)) &&
    isOptionalText(operationName) &&
    isOptionalText(authorization) &&
    isClient(client)
  );
}

function isClient(value: unknown): value is ClientInfo {
  return isRecord(value) && typeof value.sourceIp === 'string' && isOptionalText(value.userAgent);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function problem(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const response = json(status, { errors: [{ message }] });
  return { ...response, headers: { ...response.headers, ...headers } };
}

function json(status: number, value: unknown): HttpResponse {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  };
  return { status, headers, body: JSON.stringify(value) };
}

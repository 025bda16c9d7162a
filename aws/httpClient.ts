import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Clock } from '#domain/clock.ts';

export interface HttpClientOptions {
  /** Scheme, host and port: `https://lambda.ap-northeast-2.amazonaws.com`. */
  readonly origin: string;
  /** How long a request may take as a whole: milliseconds. */
  readonly timeoutMs: number;
  /** `Date.now` when left out. */
  readonly clock?: Clock | undefined;
}

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request to the origin. @throws RequestFailed */
export type HttpClient = (request: WireRequest) => Promise<WireResponse>;

/** No response came, or half of one. */
export class RequestFailed extends Error {
  /** Node's `ECONNREFUSED` and the like, or `ETIMEDOUT` when it took too long. */
  readonly code: string;
  /** Whether the other side can't have got the request: nobody took the connection. */
  readonly neverSent: boolean;

  constructor(code: string, neverSent: boolean, cause: unknown) {
    super(`The request failed: ${code}.`, { cause });
    this.name = 'RequestFailed';
    this.code = code;
    this.neverSent = neverSent;
  }
}

/** AWS closes connections that were idle for long; a frozen function doesn't hear of it. */
const KEPT_IDLE_FOR_MS = 5_000;

/**
 * Makes a client for one origin over kept-alive connections of node:http. Node's `fetch` would do,
 * but loading it takes as long as half of everything else a function loads.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { origin, timeoutMs, clock = Date.now } = options;
  const { protocol, hostname, port } = new URL(origin);
  const secure = protocol === 'https:';
  const send = secure ? httpsRequest : httpRequest;
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true });
  const target = { hostname: hostname.replace(/^\[|\]$/g, ''), port, agent };
  let lastUsedMs = clock();
  return async ({ body, ...request }) => {
    if (clock() - lastUsedMs > KEPT_IDLE_FOR_MS) closeIdle(agent);
    lastUsedMs = clock();
    const signal = AbortSignal.timeout(timeoutMs);
    return exchange(send, { ...target, ...request, signal }, body).finally(() => {
      lastUsedMs = clock();
    });
  };
}

function closeIdle({ freeSockets }: HttpAgent): void {
  for (const sockets of Object.values(freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}

type Send = (options: RequestOptions) => ClientRequest;

async function exchange(
  send: Send,
  options: RequestOptions,
  body: string | undefined,
): Promise<WireResponse> {
  let connected = false;
  try {
    const request = send(options);
    request.once('socket', (socket) => {
      connected = !socket.connecting;
      // On a kept socket listeners would pile up: it connects no more.
      if (connected) return;
      socket.once('connect', () => {
        connected = true;
      });
    });
    return await new Promise((resolve, reject) => {
      request.on('error', reject);
      request.on('response', (response) => readResponse(response).then(resolve, reject));
      request.end(body);
    });
  } catch (error) {
    throw new RequestFailed(codeOf(error), !connected, error);
  }
}

async function readResponse(response: IncomingMessage): Promise<WireResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

function codeOf(error: unknown): string {
  const { name, code = name } = error as NodeJS.ErrnoException;
  // What AbortSignal.timeout ends a request with.
  return name === 'AbortError' || name === 'TimeoutError' ? 'ETIMEDOUT' : code;
}

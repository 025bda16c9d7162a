import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
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
  readonly method: 'GET' | 'POST' | 'DELETE';
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
  return async (request) => {
    if (clock() - lastUsedMs > KEPT_IDLE_FOR_MS) closeIdle(agent);
    lastUsedMs = clock();
    try {
      return await exchange(send({ ...target, ...request }), request.body, timeoutMs);
    } finally {
      lastUsedMs = clock();
    }
  };
}

function closeIdle({ freeSockets }: HttpAgent): void {
  for (const sockets of Object.values(freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy();
  }
}

/** With plain events and a plain timer: streams read by iteration and abort signals would cost as much as the rest. */
function exchange(
  request: ClientRequest,
  body: string | undefined,
  timeoutMs: number,
): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const fail = (error: NodeJS.ErrnoException): void => {
      reject(new RequestFailed(error.code ?? error.name, !connected, error));
    };
    const timer = setTimeout(() => {
      request.destroy(Object.assign(new Error('No answer in time.'), { code: 'ETIMEDOUT' }));
    }, timeoutMs);
    request.once('socket', (socket) => {
      connected = !socket.connecting;
      // On a kept socket listeners would pile up: it connects no more.
      if (connected) return;
      socket.once('connect', () => {
        connected = true;
      });
    });
    request.once('response', (response) => collect(response, resolve, fail));
    request.on('error', fail);
    request.once('close', () => clearTimeout(timer));
    request.end(body);
  });
}

function collect(
  response: IncomingMessage,
  resolve: (response: WireResponse) => void,
  fail: (error: Error) => void,
): void {
  const { statusCode: status = 0, headers } = response;
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('error', fail);
  response.once('end', () => {
    resolve({ status, headers, body: Buffer.concat(chunks).toString() });
  });
}

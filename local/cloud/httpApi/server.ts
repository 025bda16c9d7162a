import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { isLoopbackOrigin } from '#domain/viewer/loopback.ts';
import { HOST } from '#local/cloud/account.ts';
import type { HeldPort } from '#local/heldPort.ts';
import { closeServer, portOf, writeAnswer } from '#one-process/serving.ts';
import { type ApiOptions, createApi } from './api.ts';
import type { HttpApiDefinition } from './definition.ts';
import { type ApiAnswer, type ApiRequest, headerOf, say } from './message.ts';
import { readRequest, wantsBody } from './readRequest.ts';

export interface HttpApiOptions extends Omit<ApiOptions, 'otherwise'> {
  /** 0 takes a free one. */
  readonly port: number;
  /** That port, if somebody holds it for us. */
  readonly held?: HeldPort | undefined;
  /** Answers what the API has no route for: a laptop's own pages. */
  readonly extra?: HttpHandler | undefined;
  /**
   * Whether pages of other machines are refused, whatever the API's CORS says: a laptop's demo account
   * has a public password, so `*` would let any page read what is kept there. False when left out.
   */
  readonly refusesForeignPages?: boolean | undefined;
  /** A client has this long to send its whole request before it is answered with 408. 30 s when left out. */
  readonly requestTimeoutMs?: number | undefined;
}

export interface RunningHttpApi {
  /** Without a trailing slash: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new request, lets the running ones finish for a second, then cuts them. May be called again. */
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Clients that keep their sockets for a while find them still open: Node's own 5 s lets them run into a reset. */
const KEEP_ALIVE_MS = 65_000;

/** Serves an HTTP API on a loopback port of its own. Rejects as node:net does (`EADDRINUSE`) when that can't be had. */
export async function startHttpApi(
  definition: HttpApiDefinition,
  options: HttpApiOptions,
): Promise<RunningHttpApi> {
  const { port, held, extra, refusesForeignPages, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const everyPage = createApi(definition, { ...options, otherwise: extra && toApi(extra) });
  const api = refusesForeignPages ? forOwnPages(everyPage) : everyPage;
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(requestTimeoutMs, HEADERS_TIMEOUT_MS),
    // Node's own looks every 30 s.
    connectionsCheckingInterval: Math.min(requestTimeoutMs / 2, 1_000),
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  // Also cuts clients that send their request and then don't read the answer.
  server.setTimeout(4 * requestTimeoutMs);
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(api, request).then(
      (found) => found && writeAnswer(server, request, response, found),
    );
  };
  server.on('request', onRequest);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (wantsBody(request)) response.writeContinue();
    onRequest(request, response);
  });
  if (held) await held.handTo(server);
  else await once(server.listen(port, HOST), 'listening');
  const chosen = portOf(server);
  return { url: `http://${HOST}:${chosen}`, port: chosen, close: () => closeServer(server) };
}

function forOwnPages(api: Api): Api {
  return async (request) => {
    const origin = headerOf(request, 'origin');
    const isOwn = origin === '' || isLoopbackOrigin(origin);
    return isOwn ? api(request) : say(403, 'Forbidden');
  };
}

type Api = (request: ApiRequest) => Promise<ApiAnswer>;

async function answer(api: Api, message: IncomingMessage): Promise<ApiAnswer | undefined> {
  try {
    const read = await readRequest(message);
    return read === undefined || 'status' in read ? read : await api(read);
  } catch {
    return say(500, 'Internal Server Error');
  }
}

/** A handler of our own reads text, and knows no HEAD: node:http leaves out the body. */
function toApi(handler: HttpHandler): (request: ApiRequest) => Promise<ApiAnswer> {
  return async ({ method, path, query, headers, body, sourceIp }) => {
    const { body: answered, ...rest } = await handler({
      method: method === 'HEAD' ? 'GET' : method,
      path,
      search: query && `?${query}`,
      headers: Object.fromEntries([...headers].map(([name, values]) => [name, values.join(', ')])),
      body: body.toString(),
      sourceIp,
    });
    return { ...rest, body: typeof answered === 'string' ? answered : Buffer.from(answered) };
  };
}

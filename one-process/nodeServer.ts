import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { HttpHandler, HttpResponse } from '#domain/viewer/httpMessage.ts';
import { readRequest } from './readRequest.ts';
import { refuse } from './refusal.ts';
import { closeServer, portOf, writeAnswer } from './serving.ts';

/** Memos have at most 100,000 characters, which JSON may write with 6 bytes each. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Clients that keep their sockets for a while find them still open: Node's own 5 s lets them run into a reset. */
const KEEP_ALIVE_MS = 65_000;

export interface NodeServer {
  /** Without a trailing slash: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new request, lets the running ones finish for a second, then cuts them. May be called again. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Whether a `Host` that isn't this machine's own is refused, so that no foreign page can reach us by DNS rebinding. True when left out. */
  readonly loopbackOnly?: boolean | undefined;
  /** Longer bodies are answered with 413. 1 MiB when left out. */
  readonly maxBodyBytes?: number | undefined;
  /** A client has this long to send its whole request, headers and body, before it is answered with 408. 30 s when left out. */
  readonly requestTimeoutMs?: number | undefined;
}

/** Serves a handler over HTTP/1.1. Rejects as node:net does (`EADDRINUSE`) when the port can't be had. */
export async function listen(handler: HttpHandler, options: ListenOptions): Promise<NodeServer> {
  const { port, host, requestTimeoutMs = 30_000 } = options;
  const { loopbackOnly = true, maxBodyBytes = MAX_BODY_BYTES } = options;
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: Math.min(requestTimeoutMs, 10_000),
    connectionsCheckingInterval: Math.min(requestTimeoutMs / 2, 1_000),
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  // Also cuts clients that send their request and then don't read the answer.
  server.setTimeout(4 * requestTimeoutMs);
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const answer = answerRequest(request, handler, { loopbackOnly, maxBodyBytes });
    void answer.then((found) => found && writeAnswer(server, request, response, found));
  };
  server.on('request', onRequest);
  // Whoever asks first whether to send a large body (`Expect: 100-continue`) is told before it is sent.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (Number(request.headers['content-length'] ?? 0) <= maxBodyBytes) response.writeContinue();
    onRequest(request, response);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const chosen = portOf(server);
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host}:${chosen}`,
    port: chosen,
    close() {
      closing ??= closeServer(server);
      return closing;
    },
  };
}

/** Undefined when the client went away before its request was whole. */
async function answerRequest(
  message: IncomingMessage,
  handler: HttpHandler,
  rules: { loopbackOnly: boolean; maxBodyBytes: number },
): Promise<HttpResponse | undefined> {
  try {
    const read = await readRequest(message, rules);
    if (read === undefined || 'status' in read) return read;
    return await handler(read);
  } catch {
    // Handlers hide and log their own errors; this is the net below them.
    return refuse('INTERNAL', 'Something went wrong on our side.');
  }
}

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { HttpHandler, HttpResponse } from '#domain/viewer/httpMessage.ts';
import { isLoopbackOrigin } from '#domain/viewer/loopback.ts';
import type { RunningApi } from '#local/appsync/api.ts';
import { AWS_REALTIME_LIMITS, type RealtimeLimits } from '#local/appsync/realtime/limits.ts';
import { serveSockets } from '#local/appsync/realtime/serveSockets.ts';
import { HOST } from '#local/cloud/account.ts';
import type { HeldPort } from '#local/heldPort.ts';
import { readRequest } from '#one-process/readRequest.ts';
import { closeServer, portOf, writeAnswer } from '#one-process/serving.ts';
import { createHttpHandler, refuse } from './handler.ts';

export interface AppSyncServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** That port, if somebody holds it until the server listens. */
  readonly held?: HeldPort | undefined;
  /** Answers what isn't under `/graphql`: EvaluateCode. */
  readonly otherwise?: HttpHandler | undefined;
  readonly limits?: Partial<RealtimeLimits> | undefined;
  /** Gets a line for each request. */
  readonly accessLog?: ((line: string) => void) | undefined;
}

export interface AppSyncServer {
  /** `http://127.0.0.1:4003/graphql`. */
  readonly url: string;
  /** `ws://127.0.0.1:4003/graphql/realtime`. */
  readonly realtimeUrl: string;
  readonly port: number;
  /** How many real-time connections are open. */
  connections(): number;
  /** Ends real-time connections with 1001, lets running requests finish for a second. May be called again. */
  close(): Promise<void>;
}

/** https://docs.aws.amazon.com/general/latest/gr/appsync.html */
const MAX_BODY_BYTES = 1024 * 1024;
const KEEP_ALIVE_MS = 65_000;

/** Serves an AppSync API on a loopback port of its own. Rejects as node:net does (`EADDRINUSE`) when that can't be had. */
export async function startAppSyncServer(
  api: RunningApi,
  options: AppSyncServerOptions,
): Promise<AppSyncServer> {
  const { port, held, limits } = options;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const answer = createAnswer(api, options);
  server.on('request', (request, response) => {
    void answer(request).then((found) => found && writeAnswer(server, request, response, found));
  });
  const sockets = serveSockets(server, api, { ...AWS_REALTIME_LIMITS, ...limits });
  if (held) await held.handTo(server);
  else await once(server.listen(port, HOST), 'listening');
  const chosen = portOf(server);
  let closing: Promise<void> | undefined;
  return {
    url: `http://${HOST}:${chosen}/graphql`,
    realtimeUrl: `ws://${HOST}:${chosen}/graphql/realtime`,
    port: chosen,
    connections: sockets.count,
    close() {
      sockets.close();
      closing ??= closeServer(server);
      return closing;
    },
  };
}

/** Undefined when the client went away before its request was whole. */
type Answer = (request: IncomingMessage) => Promise<HttpResponse | undefined>;

function createAnswer(api: RunningApi, options: AppSyncServerOptions): Answer {
  const { otherwise, accessLog = () => {} } = options;
  const graphql = createHttpHandler(api);
  const handle: HttpHandler = async (request) => {
    const handler = request.path.startsWith('/graphql') ? graphql : (otherwise ?? graphql);
    const startedAt = api.clock();
    const answered = await handler(request);
    const { method, path } = request;
    const durationMs = api.clock() - startedAt;
    accessLog(JSON.stringify({ method, path, status: answered.status, durationMs }));
    return answered;
  };
  return async (message) => {
    const { origin = '' } = message.headers;
    // A page of another machine must not use what is kept here, whatever AppSync itself allows.
    if (origin !== '' && !isLoopbackOrigin(origin)) return FOREIGN;
    const read = await readRequest(message, { loopbackOnly: true, maxBodyBytes: MAX_BODY_BYTES });
    if (read === undefined) return undefined;
    if ('status' in read) return read.status === 413 ? TOO_LARGE : read;
    return handle(read);
  };
}

const FOREIGN = refuse(403, 'AccessDeniedException', 'Forbidden');
const TOO_LARGE = refuse(
  413,
  'RequestEntityTooLargeException',
  `Expected a body of at most ${MAX_BODY_BYTES} bytes.`,
);

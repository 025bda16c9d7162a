import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '#domain/clock.ts';
import { isLoopbackHost } from '#domain/viewer/loopback.ts';
import { HOST } from '#local/cloud/account.ts';
import { createTokenBucket } from '#local/cloud/httpApi/throttle.ts';
import type { VerifySignature } from '#local/cloud/iam/signature.ts';
import type { LambdaFunctions } from '#local/cloud/lambda/functions.ts';
import type { HeldPort } from '#local/heldPort.ts';
import { closeServer, portOf, writeAnswer } from '#one-process/serving.ts';
import {
  CLOSED_NORMALLY,
  type Connections,
  createConnections,
  GOING_AWAY,
  TOO_BIG,
} from './connections.ts';
import type { WebSocketApiDefinition } from './definition.ts';
import type { Peer } from './event.ts';
import type { SocketFaults } from './faults.ts';
import { createFrameCheck } from './frames.ts';
import { shakeHands } from './handshake.ts';
import { AWS_LIMITS, type Limits } from './limits.ts';
import { type ManagementAnswer, manage } from './management.ts';
import { type Api, findRoute, handleMessage, tell } from './messages.ts';

export interface WebSocketApiOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** That port, if somebody holds it until the server listens. */
  readonly held?: HeldPort | undefined;
  readonly invoke: LambdaFunctions['invoke'];
  /** Whose requests to the management endpoint are. */
  readonly verify: VerifySignature;
  /** Gets a line for each connection, message and end of a connection. */
  readonly accessLog?: ((line: string) => void) | undefined;
  readonly faults?: SocketFaults | undefined;
  /** Instead of AWS's. */
  readonly limits?: Partial<Limits> | undefined;
  readonly clock?: Clock | undefined;
}

export interface RunningWebSocketApi {
  /** Where clients connect: `ws://127.0.0.1:4002/live`. The management endpoint is there over http. */
  readonly url: string;
  readonly port: number;
  /** Sends a message without asking who may. @returns false when the connection is there no more */
  post(connectionId: string, text: string): boolean;
  /** Closes a connection as DeleteConnection does. */
  end(connectionId: string): void;
  /** How many connections are open. */
  connections(): number;
  /** Ends all connections with 1001, and gives their functions a second to hear of it. May be called again. */
  close(): Promise<void>;
}

/** Serves a WebSocket API on a loopback port of its own. Rejects as node:net does (`EADDRINUSE`) when that can't be had. */
export async function startWebSocketApi(
  definition: WebSocketApiDefinition,
  options: WebSocketApiOptions,
): Promise<RunningWebSocketApi> {
  const { port, held, invoke, verify, accessLog, faults = {}, clock = Date.now } = options;
  const limits = { ...AWS_LIMITS, ...options.limits };
  const mayPass = createTokenBucket(definition.throttle, clock);
  const timeoutMs = limits.integrationMs;
  const api: Api = { definition, invoke, timeoutMs, faults, mayPass, clock, accessLog };
  const connections = createConnections(limits, clock);
  const server = createServer((request, response) => {
    const answering = answer(request, { definition, connections, verify, limits, faults });
    void answering.then((found) => writeAnswer(server, request, response, found));
  });
  const ends = serveSockets(server, { api, connections, limits });
  if (held) await held.handTo(server);
  else await once(server.listen(port, HOST), 'listening');
  const chosen = portOf(server);
  let closing: Promise<void> | undefined;
  return {
    url: `ws://${HOST}:${chosen}/${definition.stage}`,
    port: chosen,
    post: (connectionId, text) => connections.find(connectionId)?.send(text) ?? false,
    end: (connectionId) => {
      const { code, reason } = CLOSED_NORMALLY;
      connections.find(connectionId)?.close(code, reason);
    },
    connections: () => connections.all().length,
    close() {
      closing ??= close(server, connections, ends);
      return closing;
    },
  };
}

async function answer(
  request: IncomingMessage,
  options: Parameters<typeof manage>[1],
): Promise<ManagementAnswer> {
  if (!isLoopbackHost(request.headers.host ?? '')) return { ...FAILED, status: 403 };
  return manage(request, options).catch(() => FAILED);
}

const FAILED: ManagementAnswer = { status: 500, headers: {}, body: '' };

interface Serving {
  readonly api: Api;
  readonly connections: Connections;
  readonly limits: Limits;
}

/** @returns the ends of connections that functions are being told of */
function serveSockets(server: Server, serving: Serving): ReadonlySet<Promise<unknown>> {
  const { api, limits } = serving;
  const ends = new Set<Promise<unknown>>();
  const subprotocols = new WeakMap<IncomingMessage, string>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    handleProtocols: (_offered, request) => subprotocols.get(request) ?? false,
  });
  const mayConnect = createTokenBucket(
    { rate: limits.newConnectionsPerSecond, burst: limits.newConnectionsPerSecond },
    api.clock,
  );
  const tellEnd = (peer: Peer, code: number, reason: string): void => {
    serving.connections.forget(peer.connectionId);
    const telling = tellDisconnect(api, peer, code, reason);
    ends.add(telling);
    void telling.then(() => ends.delete(telling));
  };
  server.on('upgrade', async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const hands = await shakeHands(api, request, mayConnect);
    if (hands.kind === 'REFUSED') return refuse(socket, hands.status);
    const { peer, subprotocol } = hands;
    if (subprotocol !== undefined) subprotocols.set(request, subprotocol);
    // It went away while its function was asked, which believes it is there.
    if (socket.destroyed || !server.listening) {
      socket.destroy();
      return tellEnd(peer, ABNORMAL, '');
    }
    sockets.handleUpgrade(request, socket, head, (one) => {
      serve(one, socket, peer, serving);
      one.on('close', (code, reason) => tellEnd(peer, code, reason.toString()));
    });
  });
  return ends;
}

const ABNORMAL = 1006;

function serve(socket: WebSocket, raw: Duplex, peer: Peer, serving: Serving): void {
  const { api, connections, limits } = serving;
  const connection = connections.open(peer, socket);
  const isSmall = createFrameCheck(limits.frameBytes);
  let isTooBig = false;
  // Before the library reads them.
  raw.prependListener('data', (chunk: Buffer) => {
    if (isTooBig || isSmall(chunk)) return;
    isTooBig = true;
    connection.close(TOO_BIG, 'Frame too large');
  });
  socket.on('message', (data, isBinary) => {
    if (!isTooBig) void handleMessage(api, connection, data, isBinary);
  });
  // The library closes with the right code and tells why; there is nothing else to do.
  socket.on('error', () => {});
}

async function tellDisconnect(api: Api, peer: Peer, code: number, reason: string): Promise<void> {
  const route = findRoute(api, '$disconnect');
  if (!route || api.faults.dropsDisconnect?.()) return;
  await tell(api, route, peer, {
    eventType: 'DISCONNECT',
    context: { disconnectStatusCode: code, disconnectReason: reason },
    members: {
      headers: { Host: peer.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
      isBase64Encoded: false,
    },
  });
}

function refuse(socket: Duplex, status: number): void {
  const body = status === 403 ? '{"message":"Forbidden"}' : '';
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}

const TELL_WITHIN_MS = 1_000;
const LOOK_EVERY_MS = 5;

async function close(
  server: Server,
  connections: Connections,
  ends: ReadonlySet<Promise<unknown>>,
): Promise<void> {
  const closed = closeServer(server);
  for (const connection of connections.all()) connection.close(GOING_AWAY, 'Going away');
  const deadline = Date.now() + TELL_WITHIN_MS;
  const isDone = (): boolean => connections.all().length === 0 && ends.size === 0;
  while (!isDone() && Date.now() < deadline) await sleep(LOOK_EVERY_MS);
  await closed;
}

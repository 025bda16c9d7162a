import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isLoopbackHost, isLoopbackOrigin } from '#domain/viewer/loopback.ts';
import type { RunningApi } from '#local/appsync/api.ts';
import { type AppSyncCaller, Unauthorized } from '#local/appsync/auth/caller.ts';
import { readConnectHeaders } from './connectHeaders.ts';
import { createConnection, type Wire } from './connection.ts';
import type { RealtimeLimits } from './limits.ts';
import { SUBPROTOCOL } from './protocol.ts';

/** AWS's own hosts have the first, domains of one's own the second. */
const PATHS = ['/graphql', '/graphql/realtime'];
/** What a signature of a connection covers. */
const CONNECT = { method: 'POST', body: Buffer.from('{}') };

export interface Sockets {
  count(): number;
  /** Ends all connections with 1001. */
  close(): void;
}

/** Serves the real-time endpoint on the server's own port. */
export function serveSockets(server: Server, api: RunningApi, limits: RealtimeLimits): Sockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const [path = '', search] = (request.url ?? '').split('?', 2);
    if (!isNear(request) || !PATHS.includes(path)) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (one) => {
      const sourceIp = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
      const subprotocols = request.headers['sec-websocket-protocol'] ?? '';
      const caller = identify(api, subprotocols, new URLSearchParams(search), sourceIp);
      const wire = wireOf(one, limits);
      const connection = createConnection({ api, wire, caller, sourceIp, limits });
      one.on('message', (data) => connection.receive(String(data)));
      one.on('close', () => connection.closed());
      // The library closes with the right code; there is nothing else to do.
      one.on('error', () => {});
    });
  });
  return {
    count: () => sockets.clients.size,
    close() {
      for (const one of sockets.clients) one.close(1001, 'Going away');
    },
  };
}

function wireOf(socket: WebSocket, { unreadBytes }: RealtimeLimits): Wire {
  return {
    send(text) {
      if (socket.bufferedAmount > unreadBytes) socket.terminate();
      else socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
  };
}

async function identify(
  api: RunningApi,
  subprotocols: string,
  query: URLSearchParams,
  sourceIp: string,
): Promise<AppSyncCaller> {
  const headers = readCarried(subprotocols, query);
  return api.identify({ ...CONNECT, path: '/graphql/connect', headers }, sourceIp);
}

function readCarried(subprotocols: string, query: URLSearchParams): Record<string, string> {
  try {
    return readConnectHeaders(subprotocols, query);
  } catch {
    throw new Unauthorized('Expected the connection to carry headers as JSON in base64.');
  }
}

/** Pages of other machines are refused, as by all servers here. */
function isNear({ headers: { host = '', origin = '' } }: IncomingMessage): boolean {
  return isLoopbackHost(host) && (origin === '' || isLoopbackOrigin(origin));
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
}

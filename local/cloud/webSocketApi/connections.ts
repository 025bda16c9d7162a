import type { WebSocket } from 'ws';
import type { Clock } from '#domain/clock.ts';
import type { Peer } from './event.ts';
import type { Limits } from './limits.ts';

/** One open connection. */
export interface Connection {
  readonly peer: Peer;
  lastActiveMs(): number;
  /** Something came in. */
  touch(): void;
  /** @returns false when it is open no more, or reads so slowly that it was ended */
  send(text: string): boolean;
  close(code: number, reason: string): void;
}

export interface Connections {
  open(peer: Peer, socket: WebSocket): Connection;
  find(connectionId: string): Connection | undefined;
  forget(connectionId: string): void;
  all(): readonly Connection[];
}

const NORMAL = 1000;
export const GOING_AWAY = 1001;
export const TOO_BIG = 1009;

export const CLOSED_NORMALLY = { code: NORMAL, reason: 'Connection Closed Normally' };

/** The connections of one API, which end when they are idle or old. */
export function createConnections(limits: Limits, clock: Clock): Connections {
  const connections = new Map<string, Connection>();
  return {
    open(peer, socket) {
      const connection = createConnection(peer, socket, { limits, clock });
      connections.set(peer.connectionId, connection);
      return connection;
    },
    find: (connectionId) => connections.get(connectionId),
    forget: (connectionId) => void connections.delete(connectionId),
    all: () => [...connections.values()],
  };
}

function createConnection(
  peer: Peer,
  socket: WebSocket,
  { limits, clock }: { readonly limits: Limits; readonly clock: Clock },
): Connection {
  let lastActiveMs = clock();
  const close = (code: number, reason: string): void => {
    socket.close(code, reason);
    // A client that doesn't take part in the closing isn't waited for.
    setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref();
  };
  const old = setTimeout(close, limits.connectionMs, GOING_AWAY, 'Going away').unref();
  let idle: NodeJS.Timeout;
  const watchIdle = (afterMs: number): void => {
    idle = setTimeout(() => {
      const leftMs = lastActiveMs + limits.idleMs - clock();
      if (leftMs <= 0) close(GOING_AWAY, 'Going away');
      else watchIdle(leftMs);
    }, afterMs).unref();
  };
  watchIdle(limits.idleMs);
  socket.on('close', () => {
    clearTimeout(old);
    clearTimeout(idle);
  });
  return {
    peer,
    lastActiveMs: () => lastActiveMs,
    touch() {
      lastActiveMs = clock();
    },
    send(text) {
      if (socket.readyState !== socket.OPEN) return false;
      if (socket.bufferedAmount > limits.unreadBytes) {
        socket.terminate();
        return false;
      }
      lastActiveMs = clock();
      socket.send(text);
      return true;
    },
    close,
  };
}

const CLOSE_WITHIN_MS = 1_000;

import { afterEach } from '@jest/globals';
import type { WebSocket } from 'ws';

/** A page of a log. */
export const PAGE = 100;

interface Log {
  epoch: string;
  seq: number;
}

/** What a service of either kind has: the logs of pads, and connections with who watches over them. */
export class TestPads<Watching> {
  readonly #logs = new Map<string, Log>();
  readonly connections = new Set<{
    readonly socket: WebSocket;
    readonly watching: Map<string, Watching>;
  }>();
  /** How many connections were ever made. */
  connectionCount = 0;

  log(padId: string): Log {
    const log = this.#logs.get(padId) ?? { epoch: 'A1', seq: 0 };
    this.#logs.set(padId, log);
    return log;
  }

  /** The log was lost, and another one starts. */
  startOver(padId: string): void {
    this.#logs.set(padId, { epoch: 'B2', seq: 3 });
  }

  /** Every connection breaks, or is closed with a code. */
  drop(code?: number): void {
    for (const { socket } of this.connections) code ? socket.close(code) : socket.terminate();
  }

  openCount(): number {
    return this.connections.size;
  }

  watchingCount(): number {
    return [...this.connections].reduce((sum, { watching }) => sum + watching.size, 0);
  }

  protected join(socket: WebSocket) {
    this.connectionCount += 1;
    const connection = { socket, watching: new Map<string, Watching>() };
    this.connections.add(connection);
    socket.on('close', () => this.connections.delete(connection));
    return connection;
  }
}

/** The changes of a log behind one number, up to another. */
export function changesOf(after: number, upTo: number) {
  return Array.from({ length: upTo - after }, (_, index) => {
    const seq = after + index + 1;
    return { seq, kind: 'EDITED', memoId: `memo-${seq}`, version: seq, truncated: false };
  });
}

export function send(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}

/** Starts services and stops them after each test of the file. */
export function useStarted<Service extends { stop(): Promise<void> }>(
  start: () => Promise<Service>,
): () => Promise<Service> {
  const services: Service[] = [];
  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.stop()));
  });
  return async () => {
    const service = await start();
    services.push(service);
    return service;
  };
}

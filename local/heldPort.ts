import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { portOf } from '#one-process/serving.ts';

/** A port that is ours before anybody is there to answer: whoever comes waits. */
export interface HeldPort {
  /** Without a trailing slash: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly port: number;
  /** Has a server listen in our place and answer those who wait; the port is free at no time. Once. */
  handTo(server: Server): Promise<void>;
  /** Lets the port go, and cuts who still waits. Does nothing when it was handed over. */
  close(): Promise<void>;
}

/** Rejects as node:net does (`EADDRINUSE`) when the port can't be had. @param place port 0 takes a free one */
export async function holdPort(place: {
  readonly port: number;
  readonly host: string;
}): Promise<HeldPort> {
  const waiting = new Set<Socket>();
  const holder = createServer({ pauseOnConnect: true }, (socket) => {
    waiting.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => waiting.delete(socket));
  });
  holder.listen(place);
  await once(holder, 'listening');
  const port = portOf(holder);
  let isOver = false;
  return {
    url: `http://${place.host}:${port}`,
    port,
    async handTo(server) {
      isOver = true;
      // The system's own socket goes over.
      server.listen(holder);
      await once(server, 'listening');
      for (const socket of waiting) give(socket, server);
    },
    async close() {
      if (isOver) return;
      isOver = true;
      for (const socket of waiting) socket.destroy();
      holder.close();
      await once(holder, 'close');
    },
  };
}

/** https://nodejs.org/api/http.html#event-connection: a server counts only those it accepted, and wouldn't end the others. */
function give(socket: Socket, server: Server): void {
  const end = (): void => void socket.destroy();
  server.once('close', end);
  socket.once('close', () => server.off('close', end));
  server.emit('connection', socket);
  socket.resume();
}

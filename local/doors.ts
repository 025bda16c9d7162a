import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { listen, type NodeServer } from '#one-process/nodeServer.ts';
import { errorCode } from './errorCode.ts';
import type { Ports } from './folder/settings.ts';
import { describePortHolder } from './portHolder.ts';
import { StartError } from './startError.ts';
import type { PortWish } from './wishedPorts.ts';

const HOST = '127.0.0.1';

/** The servers of this start. Whoever comes early waits until there is somebody to answer. */
export interface Doors {
  readonly gateway: NodeServer;
  readonly auth: NodeServer;
  /** Only holds the port: whoever serves WebSockets closes it and takes the port over. */
  readonly socket: NodeServer;
  open(handlers: { readonly gateway: HttpHandler; readonly auth: HttpHandler }): void;
  close(): Promise<void>;
}

export interface DoorWishes {
  readonly gateway: PortWish;
  readonly auth: PortWish;
  readonly socket: PortWish;
}

/** Takes the ports before anything else is done, so that a taken one is told at once. @throws StartError */
export async function takeDoors(wishes: DoorWishes): Promise<Doors> {
  const doors = { gateway: createDoor(), auth: createDoor(), socket: createDoor() };
  const taken: NodeServer[] = [];
  const take = async (name: keyof DoorWishes): Promise<NodeServer> => {
    const server = await takePort(doors[name].handler, wishes[name], TAKEN[name]);
    taken.push(server);
    return server;
  };
  const close = async (): Promise<void> => {
    await Promise.all(taken.map((server) => server.close()));
  };
  try {
    return {
      gateway: await take('gateway'),
      auth: await take('auth'),
      socket: await take('socket'),
      open({ gateway, auth }) {
        doors.gateway.open(gateway);
        doors.auth.open(auth);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** For the next start. */
export const portsOf = ({ gateway, auth, socket }: Doors): Ports => ({
  gateway: gateway.port,
  auth: auth.port,
  socket: socket.port,
});

function createDoor(): { handler: HttpHandler; open: (handler: HttpHandler) => void } {
  let open: (handler: HttpHandler) => void = () => {};
  const opened = new Promise<HttpHandler>((resolve) => {
    open = resolve;
  });
  let answer: HttpHandler = async (request) => (await opened)(request);
  return {
    handler: (request) => answer(request),
    open(handler) {
      answer = handler;
      open(handler);
    },
  };
}

async function takePort(
  handler: HttpHandler,
  { port, orFree }: PortWish,
  explain: (port: number, holder: string) => string,
): Promise<NodeServer> {
  try {
    return await listen(handler, { port, host: HOST });
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    if (orFree) return listen(handler, { port: 0, host: HOST });
    if (code === 'EACCES') throw new StartError(`Expected to be allowed to use port ${port}.`);
    throw new StartError(explain(port, describePortHolder(port) ?? 'another program'));
  }
}

function gatewayTaken(port: number, holder: string): string {
  return `Port ${port} is taken by ${holder}.\nStop that, or choose another port: npm start -- --port ${port + 100}, or --port 0 for any free one.`;
}

function authTaken(port: number, holder: string): string {
  return `Port ${port} is taken by ${holder}, but the auth service needs it: it stands in every access token of this data folder.\nStop that, or take "ports" out of the data folder's memopad.json: then everyone has to sign in again.`;
}

function socketTaken(port: number, holder: string): string {
  return `Port ${port} is taken by ${holder}, but live changes had it at the last start, and clients come back to it.\nStop that, or take "socket" out of "ports" in the data folder's memopad.json.`;
}

const TAKEN = { gateway: gatewayTaken, auth: authTaken, socket: socketTaken };

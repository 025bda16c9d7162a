import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { listen, type NodeServer } from '#one-process/nodeServer.ts';
import { errorCode } from './errorCode.ts';
import type { Ports } from './folder/settings.ts';
import { type HeldPort, holdPort } from './heldPort.ts';
import { describePortHolder } from './portHolder.ts';
import { StartError } from './startError.ts';
import type { PortWish } from './wishedPorts.ts';

const HOST = '127.0.0.1';

/** The servers of this start. Whoever comes early waits until there is somebody to answer. */
export interface Doors {
  readonly gateway: NodeServer;
  readonly auth: NodeServer;
  /** For a server of WebSockets that is yet to be made. */
  readonly socket: HeldPort;
  open(handlers: { readonly gateway: HttpHandler; readonly auth: HttpHandler }): void;
  close(): Promise<void>;
}

export interface DoorsAskedFor {
  readonly wishes: Readonly<Record<DoorName, PortWish>>;
  /** Where the ports of the last start stand, for a message. */
  readonly settingsFile: string;
}

export type DoorName = keyof Ports;

/** Those that both forms have. */
type CommonDoor = Exclude<DoorName, 'appsync'>;

/** The ports of this start, for servers that are yet to be made. */
export interface HeldDoors extends Readonly<Record<DoorName, HeldPort>> {
  close(): Promise<void>;
}

/** Takes the ports before anything else is done, so that a taken one is told at once. @throws StartError */
export async function takeDoors(asked: DoorsAskedFor): Promise<Doors> {
  const gateway = createDoor();
  const auth = createDoor();
  const servers = await takeAll(asked, {
    gateway: (port) => listen(gateway.handler, { port, host: HOST }),
    auth: (port) => listen(auth.handler, { port, host: HOST }),
    socket: hold,
  });
  return {
    ...servers,
    open(handlers) {
      gateway.open(handlers.gateway);
      auth.open(handlers.auth);
    },
  };
}

/** As takeDoors, with the port of the AppSync door. @throws StartError */
export async function holdDoors(asked: DoorsAskedFor): Promise<HeldDoors> {
  const common = await takeAll(asked, { gateway: hold, auth: hold, socket: hold });
  try {
    const appsync = await takePort(hold, asked.wishes.appsync, appsyncTaken(asked.settingsFile));
    const close = async (): Promise<void> => {
      await Promise.all([common.close(), appsync.close()]);
    };
    return { ...common, appsync, close };
  } catch (error) {
    await common.close();
    throw error;
  }
}

type TakePort<Taken> = (port: number) => Promise<Taken>;

const hold: TakePort<HeldPort> = (port) => holdPort({ port, host: HOST });

interface Taking<Server> {
  readonly gateway: TakePort<Server>;
  readonly auth: TakePort<Server>;
  readonly socket: TakePort<HeldPort>;
}

async function takeAll<Server extends { close(): Promise<void> }>(
  { wishes, settingsFile }: DoorsAskedFor,
  take: Taking<Server>,
) {
  const taken: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(taken.map((server) => server.close()));
  };
  const keep = <Kept extends Server | HeldPort>(server: Kept): Kept => {
    taken.push(server);
    return server;
  };
  try {
    return {
      gateway: keep(await takePort(take.gateway, wishes.gateway, gatewayTaken)),
      auth: keep(await takePort(take.auth, wishes.auth, authTaken(settingsFile))),
      socket: keep(await takePort(take.socket, wishes.socket, socketTaken(settingsFile))),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** For the next start. */
export const portsOf = ({ gateway, auth, socket, appsync }: TakenDoors): Ports => ({
  gateway: gateway.port,
  auth: auth.port,
  socket: socket.port,
  ...(appsync && { appsync: appsync.port }),
});

interface Taken {
  readonly port: number;
}

type TakenDoors = Readonly<Record<CommonDoor, Taken>> & { readonly appsync?: Taken };

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

async function takePort<Taken>(
  take: TakePort<Taken>,
  { port, orFree }: PortWish,
  explain: (port: number, holder: string) => string,
): Promise<Taken> {
  try {
    return await take(port);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    if (orFree) return take(0);
    if (code === 'EACCES') throw new StartError(`Expected to be allowed to use port ${port}.`);
    throw new StartError(explain(port, describePortHolder(port) ?? 'another program'));
  }
}

function gatewayTaken(port: number, holder: string): string {
  return `Port ${port} is taken by ${holder}.\nStop that, or choose another port: npm start -- --port ${port + 100}, or --port 0 for any free one.`;
}

function authTaken(settingsFile: string): (port: number, holder: string) => string {
  return (port, holder) =>
    [
      `Port ${port} is taken by ${holder}, but the auth service needs it: it stands in every access token of this data folder, and --port moves the gateway alone.`,
      `Stop that, or delete "ports" from ${settingsFile}: then the next start takes other ones, and everyone has to sign in again.`,
    ].join('\n');
}

function socketTaken(settingsFile: string): (port: number, holder: string) => string {
  return (port, holder) =>
    clientsComeBack('live changes', 'socket', { port, holder, settingsFile });
}

function appsyncTaken(settingsFile: string): (port: number, holder: string) => string {
  return (port, holder) =>
    clientsComeBack('the AppSync door', 'appsync', { port, holder, settingsFile });
}

function clientsComeBack(
  who: string,
  name: DoorName,
  { port, holder, settingsFile }: { port: number; holder: string; settingsFile: string },
): string {
  return [
    `Port ${port} is taken by ${holder}, but ${who} had it at the last start, and clients come back to it.`,
    `Stop that, or take "${name}" out of "ports" in ${settingsFile}.`,
  ].join('\n');
}

import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { listen, type NodeServer } from '#one-process/nodeServer.ts';
import { errorCode } from './errorCode.ts';
import { type HeldPort, holdPort } from './heldPort.ts';
import { describePortHolder } from './portHolder.ts';
import { StartError } from './startError.ts';
import type { PortWish } from './wishedPorts.ts';

const HOST = '127.0.0.1';

/** The servers of this start. Whoever comes early waits until there is somebody to answer. */
export interface Doors {
  readonly gateway: NodeServer;
  readonly auth: NodeServer;
  open(handlers: { readonly gateway: HttpHandler; readonly auth: HttpHandler }): void;
  close(): Promise<void>;
}

export interface DoorsAskedFor {
  readonly wishes: { readonly gateway: PortWish; readonly auth: PortWish };
  /** Where the ports of the last start stand, for a message. */
  readonly settingsFile: string;
}

/** The ports of this start, for servers that are yet to be made. */
export interface HeldDoors {
  readonly gateway: HeldPort;
  readonly auth: HeldPort;
  close(): Promise<void>;
}

/** Takes the ports before anything else is done, so that a taken one is told at once. @throws StartError */
export async function takeDoors(asked: DoorsAskedFor): Promise<Doors> {
  const gateway = createDoor();
  const auth = createDoor();
  const servers = await takeBoth(asked, {
    gateway: (port) => listen(gateway.handler, { port, host: HOST }),
    auth: (port) => listen(auth.handler, { port, host: HOST }),
  });
  return {
    ...servers,
    open(handlers) {
      gateway.open(handlers.gateway);
      auth.open(handlers.auth);
    },
  };
}

/** As takeDoors. @throws StartError */
export async function holdDoors(asked: DoorsAskedFor): Promise<HeldDoors> {
  const hold: TakePort<HeldPort> = (port) => holdPort({ port, host: HOST });
  return takeBoth(asked, { gateway: hold, auth: hold });
}

type TakePort<Taken> = (port: number) => Promise<Taken>;

async function takeBoth<Taken extends { close(): Promise<void> }>(
  { wishes, settingsFile }: DoorsAskedFor,
  take: { readonly gateway: TakePort<Taken>; readonly auth: TakePort<Taken> },
) {
  const gateway = await takePort(take.gateway, wishes.gateway, gatewayTaken);
  try {
    const auth = await takePort(take.auth, wishes.auth, authTaken(settingsFile));
    const close = async (): Promise<void> => {
      await Promise.all([gateway.close(), auth.close()]);
    };
    return { gateway, auth, close };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}

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

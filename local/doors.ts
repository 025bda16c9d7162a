import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { listen, type NodeServer } from '#one-process/nodeServer.ts';
import { errorCode } from './errorCode.ts';
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

/** Takes the ports before anything else is done, so that a taken one is told at once. @throws StartError */
export async function takeDoors({ wishes, settingsFile }: DoorsAskedFor): Promise<Doors> {
  const gateway = createDoor();
  const auth = createDoor();
  const gatewayServer = await takePort(gateway.handler, wishes.gateway, gatewayTaken);
  try {
    const authServer = await takePort(auth.handler, wishes.auth, authTaken(settingsFile));
    return {
      gateway: gatewayServer,
      auth: authServer,
      open(handlers) {
        gateway.open(handlers.gateway);
        auth.open(handlers.auth);
      },
      async close() {
        await Promise.all([gatewayServer.close(), authServer.close()]);
      },
    };
  } catch (error) {
    await gatewayServer.close();
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

function authTaken(settingsFile: string): (port: number, holder: string) => string {
  return (port, holder) =>
    [
      `Port ${port} is taken by ${holder}, but the auth service needs it: it stands in every access token of this data folder, and --port moves the gateway alone.`,
      `Stop that, or delete "ports" from ${settingsFile}: then the next start takes other ones, and everyone has to sign in again.`,
    ].join('\n');
}

import { once } from 'node:events';
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A port of a loopback address that nobody listens on right now. */
export async function freePort(host = LOOPBACK): Promise<number> {
  return listenBriefly(0, host);
}

/** Whether nobody listens on a port of a loopback address right now. */
export async function isFree(port: number, host = LOOPBACK): Promise<boolean> {
  return listenBriefly(port, host).then(
    () => true,
    () => false,
  );
}

async function listenBriefly(port: number, host: string): Promise<number> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address)
    throw new Error('Expected a port from the system, got none.');
  return address.port;
}

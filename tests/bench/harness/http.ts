import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Listens on a free port of the loopback address and says where. */
export async function startListening(server: Server): Promise<string> {
  // The default of 5 s would close connections between two rounds.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('Expected a port, got none.');
  return `http://127.0.0.1:${address.port}/`;
}

import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { afterEach } from '@jest/globals';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { type ListenOptions, listen, type NodeServer } from '#one-process/nodeServer.ts';

/** Answers with the request it got, so that a test sees what handlers see. */
export const echo: HttpHandler = async (request) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(request),
});

/** Serves handlers on free ports and closes them after each test of the file. */
export function useServers() {
  const servers: NodeServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  return async (handler: HttpHandler = echo, options: Partial<ListenOptions> = {}) => {
    const server = await listen(handler, { port: 0, host: '127.0.0.1', ...options });
    servers.push(server);
    return server;
  };
}

/** Sends raw text over a socket of its own and gives everything that comes back until the server ends it. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

/** Not `fetch`: it decides about headers such as Host by itself. */
export async function send(port: number, options: RequestOptions = {}, body?: string | Buffer) {
  const request = httpRequest({ host: '127.0.0.1', port, agent: false, ...options });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    status: response.statusCode,
    headers: response.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

/** Both ends of every connection within this process. */
export function countSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';

export interface ToldRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** The same for requests over the same connection. */
  readonly connection: unknown;
}

export interface TestServer {
  readonly origin: string;
  readonly requests: readonly ToldRequest[];
}

/** What a server does with a request: an answer, or nothing that could be called one. */
export type Reply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string }
  | 'HANG_UP'
  | 'SAY_NOTHING';

/** Starts servers on free ports that reply in turn, the last reply over and over; they end with the test. */
export function useServer(): (...replies: Reply[]) => Promise<TestServer> {
  const disposals: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(disposals.splice(0).map((dispose) => dispose()));
  });
  return async (...replies) => {
    const requests: ToldRequest[] = [];
    const server = createServer(listenerOf(replies, requests));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    disposals.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    return { origin: `http://127.0.0.1:${port}`, requests };
  };
}

function listenerOf(replies: readonly Reply[], requests: ToldRequest[]): RequestListener {
  return async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const reply = replies[Math.min(requests.length, replies.length - 1)] ?? {};
    const { method, url: path, headers, socket: connection } = request;
    const body = Buffer.concat(chunks).toString();
    requests.push({ method, path, headers, body, connection });
    if (reply === 'HANG_UP') connection.destroy();
    else if (reply !== 'SAY_NOTHING') {
      response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '');
    }
  };
}

import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const CLOSE_WITHIN_MS = 1_000;
/** Node measures a text before it encodes it; one that is longer is encoded first, which measures it. In characters. */
const LONG_TEXT = 4_000;

/** What any server of ours answers with. */
export interface Served {
  readonly status: number;
  /** Names in lower case; several values are several header lines. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** Writes a whole answer, and says whether the connection can go on. */
export function writeAnswer(
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body: given }: Served,
): void {
  const isLong = typeof given === 'string' && given.length > LONG_TEXT;
  const body = isLong ? Buffer.from(given) : given;
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, {
    ...(headers as Record<string, string | string[]>),
    ...(hasBody && { 'content-length': Buffer.byteLength(body) }),
    // What is left of an unread body must not be taken for the next request, and a closing server expects none.
    ...((!request.complete || !server.listening) && { connection: 'close' }),
  });
  response.end(hasBody ? body : undefined);
}

/** Takes no new request, lets the running ones finish for a second, then cuts them. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const cut = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(cut);
}

/** The port a listening server has. */
export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address && typeof address === 'object') return address.port;
  throw new Error('Expected a TCP address from the system, got none.');
}

import { createServer } from 'node:http';
import { readBody, startListening } from '#tests/bench/harness/http.ts';

/** A request as the service sent it to the engine. */
export interface EngineRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Stands between a service and the engine and keeps what is asked. */
export interface EngineTap {
  readonly endpoint: string;
  /** What an action makes the service ask. */
  record(action: () => Promise<unknown>): Promise<EngineRequest[]>;
  close(): void;
}

/** Headers that belong to a request, not to its connection. */
const KEPT_HEADERS = [
  'authorization',
  'content-type',
  'x-amz-date',
  'x-amz-target',
  'x-amz-content-sha256',
];

export async function startEngineTap(engine: string): Promise<EngineTap> {
  const seen: EngineRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await readBody(incoming);
    const headers = Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => {
        const value = incoming.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    seen.push({ headers, body });
    const answer = await fetch(engine, { method: 'POST', headers, body });
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  const endpoint = await startListening(server);
  return {
    endpoint,
    async record(action) {
      seen.length = 0;
      await action();
      return [...seen];
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

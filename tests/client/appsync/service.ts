import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { type WebSocket, WebSocketServer } from 'ws';
import { apiSdl } from '#schema/generated/apiSdl.ts';
import { changesOf, PAGE, send, TestPads, useStarted } from '#tests/client/pads.ts';

const schema: GraphQLSchema = buildSchema(apiSdl);

interface Operation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

interface Connection {
  readonly socket: WebSocket;
  readonly watching: Map<string, Operation>;
}

export interface Asked {
  readonly variables: Record<string, unknown>;
  readonly authorization: string | undefined;
}

type Errors = readonly { readonly errorType?: string; readonly message?: string }[];

/**
 * AppSync as the client sees it: its real-time protocol, which replays nothing, and queries over HTTP.
 * What can go wrong on the way is for the test to say.
 */
export class TestAppSyncService extends TestPads<Operation> {
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  /** The token of each connection, and of each start. */
  readonly tokens: string[] = [];
  readonly startTokens: string[] = [];
  readonly asked: Asked[] = [];
  /** Tells what was published, or doesn't. */
  onPublish: (tell: () => void) => void = (tell) => tell();
  /** Errors instead of an answer, or a status. */
  onQuery: (asked: Asked) => Errors | number | Promise<null> | null = () => null;
  onConnect: (token: string) => Errors | null = () => null;
  onStart: (token: string) => Errors | 'SILENCE' | null = () => null;
  connectionTimeoutMs = 300_000;

  constructor(server: Server) {
    super();
    this.#server = server;
    this.#sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'graphql-ws' });
    server.on('request', (request, response) => void this.#answer(request, response));
    server.on('upgrade', (request, socket, head) => {
      if (request.url !== '/graphql/realtime') socket.destroy();
      else {
        this.#sockets.handleUpgrade(request, socket, head, (opened) =>
          this.#connect(opened, String(request.headers['sec-websocket-protocol'])),
        );
      }
    });
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/graphql`;
  }

  /** Changes the pad and publishes that; `quietly` AppSync loses it. */
  write(padId: string, count = 1, quietly = false): void {
    const log = this.log(padId);
    const after = log.seq;
    log.seq += count;
    if (!quietly) this.publish(padId, after, log.seq);
  }

  publish(padId: string, after: number, upTo: number, errors?: Errors): void {
    const { epoch } = this.log(padId);
    const batch = batchOf(padId, epoch, { after, upTo, caughtUp: true });
    for (const { socket, watching } of this.connections) {
      for (const [id, operation] of watching) {
        if (operation.variables.padId !== padId) continue;
        const payload = { ...run(operation, batch), ...(errors && { errors }) };
        this.onPublish(() => send(socket, { id, type: 'data', payload }));
      }
    }
  }

  sendAll(message: object): void {
    for (const { socket } of this.connections) send(socket, message);
  }

  /** As `invalidateSubscriptions` does. */
  endAll(): void {
    for (const { socket, watching } of this.connections) {
      for (const id of watching.keys()) send(socket, { id, type: 'complete' });
      watching.clear();
    }
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = JSON.parse(Buffer.concat(chunks).toString()) as Operation;
    const asked = { variables: operation.variables, authorization: request.headers.authorization };
    this.asked.push(asked);
    const trouble = await this.onQuery(asked);
    const status = typeof trouble === 'number' ? trouble : 200;
    const failure = trouble === null ? null : status === 200 ? { data: null, errors: trouble } : {};
    const answer = failure ?? run(operation, this.#page(operation.variables));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #page({ padId, since }: Record<string, unknown>): object {
    const { epoch, seq } = this.log(String(padId));
    if (!since) return batchOf(String(padId), epoch, { after: seq, upTo: seq, caughtUp: true });
    const [given, digits] = String(since).split('.');
    if ((given !== epoch && given !== '0') || Number(digits) > seq) {
      const end = batchOf(String(padId), epoch, { after: seq, upTo: seq, caughtUp: false });
      return { ...end, from: since, reset: true };
    }
    const upTo = Math.min(seq, Number(digits) + PAGE);
    const span = { after: Number(digits), upTo, caughtUp: upTo === seq };
    return { ...batchOf(String(padId), epoch, span), from: since };
  }

  #connect(socket: WebSocket, protocols: string): void {
    const header = /header-([\w-]+)/.exec(protocols)?.[1] ?? '';
    const { host, Authorization: token } = JSON.parse(Buffer.from(header, 'base64url').toString());
    this.tokens.push(token);
    const connection = this.join(socket);
    const errors = host === this.host ? this.onConnect(token) : [{ message: 'Wrong host.' }];
    if (errors) {
      send(socket, { type: 'connection_error', payload: { errors } });
      socket.close();
      return;
    }
    socket.on('message', (data) => this.#hear(connection, JSON.parse(String(data))));
  }

  #hear(
    { socket, watching }: Connection,
    { type, id = '', payload }: { type: string; id?: string; payload?: Start },
  ): void {
    if (type === 'connection_init') {
      const { connectionTimeoutMs } = this;
      send(socket, { type: 'connection_ack', payload: { connectionTimeoutMs } });
      send(socket, { type: 'ka' });
    }
    if (type === 'stop') {
      watching.delete(id);
      send(socket, { id, type: 'complete' });
    }
    if (type !== 'start' || !payload) return;
    const token = payload.extensions.authorization.Authorization;
    this.startTokens.push(token);
    const operation = JSON.parse(payload.data) as Operation;
    const invalid = validate(schema, parse(operation.query)).map(({ message }) => ({
      ...{ errorType: 'BadRequestException', message },
    }));
    const refusal = invalid.length > 0 ? invalid : this.onStart(token);
    if (refusal === 'SILENCE') return;
    if (refusal) send(socket, { id, type: 'error', payload: { errors: refusal } });
    else {
      watching.set(id, operation);
      send(socket, { id, type: 'start_ack' });
    }
  }
}

interface Start {
  readonly data: string;
  readonly extensions: { readonly authorization: { readonly Authorization: string } };
}

interface Span {
  readonly after: number;
  readonly upTo: number;
  readonly caughtUp: boolean;
}

function batchOf(padId: string, epoch: string, { after, upTo, caughtUp }: Span): object {
  const cursor = (seq: number) => (seq === 0 ? '0.0' : `${epoch}.${seq}`);
  return {
    padId,
    from: cursor(after),
    to: cursor(upTo),
    caughtUp,
    reset: false,
    changes: changesOf(after, upTo),
  };
}

function run({ query, variables }: Operation, batch: object) {
  const rootValue = { memoChanges: batch };
  const document = parse(query.replace(/\bsubscription\b/, 'query'));
  return execute({ schema, document, rootValue, variableValues: variables }) as object;
}

/** Starts services and stops them after each test of the file. */
export function useAppSyncServices(): () => Promise<TestAppSyncService> {
  return useStarted(async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestAppSyncService(server);
  });
}

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  visit,
} from 'graphql';
import { type WebSocket, WebSocketServer } from 'ws';
import { apiSdl } from '#schema/generated/apiSdl.ts';
import { changesOf, PAGE, send, TestPads, useStarted } from './pads.ts';

const schema: GraphQLSchema = buildSchema(apiSdl);

type Payload = Record<string, unknown>;

interface Watching {
  readonly id: string;
  readonly connection: Connection;
  readonly padId: string;
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
  /** The number of the last change sent. */
  sent: number;
  isLive: boolean;
}

interface Connection {
  readonly socket: WebSocket;
  readonly watching: Map<string, Watching>;
}

interface Range {
  readonly from: string;
  readonly to: string;
  readonly caughtUp: boolean;
  readonly reset?: boolean;
  readonly after: number;
  readonly upTo: number;
}

export type Answer =
  | 'ACCEPT'
  | 'CLOSE'
  | 'SILENCE'
  | readonly { message: string; extensions: object }[];

/**
 * A live service as the client sees it: graphql-transport-ws, logs, batches made of the subscriber's
 * own selection. What can go wrong on the way is for the test to say.
 */
export class TestService extends TestPads<Watching> {
  readonly #server: WebSocketServer;
  /** The payload of each connection_init. */
  readonly inits: Record<string, unknown>[] = [];
  /** Every subscribe message. */
  readonly subscribes: { query: string; variables: Record<string, unknown> }[] = [];
  /** Sends a batch, or doesn't. */
  onBatch: (send: () => void, range: Range) => void = (send) => send();
  onInit: (authorization: unknown) => Answer = () => 'ACCEPT';
  onSubscribe: () => Answer = () => 'ACCEPT';
  acknowledgement: object | undefined;
  answersPings = true;

  constructor(server: WebSocketServer) {
    super();
    this.#server = server;
    server.on('connection', (socket) => this.#connect(socket));
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cursor(padId: string): string {
    const { epoch, seq } = this.log(padId);
    return `${epoch}.${seq}`;
  }

  /** Changes the pad, and tells whoever is live. */
  write(padId: string, count = 1): void {
    this.log(padId).seq += count;
    for (const { watching } of this.connections) {
      for (const watch of watching.values()) {
        if (watch.padId === padId && watch.isLive) this.#push(watch);
      }
    }
  }

  /** Whoever is live gets the last changes once more, with the next ones. */
  rewind(padId: string, count: number): void {
    for (const { watching } of this.connections) {
      for (const watch of watching.values()) if (watch.padId === padId) watch.sent -= count;
    }
  }

  /** Sends the same to everybody. */
  sendAll(text: string): void {
    for (const { socket } of this.connections) socket.send(text);
  }

  /** Ends every subscription, as when a token has expired. */
  endAll(errors: readonly object[]): void {
    for (const { socket, watching } of this.connections) {
      for (const { id } of watching.values()) {
        send(socket, { type: 'next', id, payload: { data: null, errors } });
        send(socket, { type: 'complete', id });
      }
      watching.clear();
    }
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #connect(socket: WebSocket): void {
    const connection = this.join(socket);
    socket.on('message', (data) => this.#hear(connection, JSON.parse(String(data))));
  }

  #hear(connection: Connection, message: { type: string; id: string; payload?: Payload }): void {
    const { socket } = connection;
    if (message.type === 'connection_init') this.#begin(connection, message.payload ?? {});
    if (message.type === 'ping' && this.answersPings) {
      send(socket, { type: 'pong', payload: { heads: this.#heads(connection) } });
    }
    if (message.type === 'complete') connection.watching.delete(message.id);
    if (message.type === 'subscribe') this.#subscribe(connection, message.id, message.payload);
  }

  #begin({ socket }: Connection, payload: Record<string, unknown>): void {
    this.inits.push(payload);
    const answer = this.onInit(payload.authorization);
    if (answer === 'ACCEPT')
      send(socket, { type: 'connection_ack', payload: this.acknowledgement });
    else if (answer === 'CLOSE') socket.close(1000);
    else if (answer !== 'SILENCE')
      send(socket, { type: 'error', id: 'connection', payload: answer });
  }

  #heads({ watching }: Connection): object {
    return Object.fromEntries(
      [...watching.values()].map(({ padId }) => [padId, this.cursor(padId)]),
    );
  }

  #subscribe(connection: Connection, id: string, payload: Payload = {}): void {
    const { query, variables = {} } = payload as {
      query: string;
      variables?: Record<string, unknown>;
    };
    this.subscribes.push({ query, variables });
    const answer = this.onSubscribe();
    if (answer === 'SILENCE') return;
    if (answer === 'CLOSE') {
      connection.socket.close(1000);
      return;
    }
    const document = parse(query);
    const errors = answer === 'ACCEPT' ? validate(schema, document) : answer;
    if (errors.length > 0) {
      send(connection.socket, { type: 'error', id, payload: errors });
      return;
    }
    const { padId, since } = readArguments(document, variables);
    const watch = {
      id,
      connection,
      padId,
      document: asQuery(document),
      variables,
      sent: 0,
      isLive: false,
    };
    connection.watching.set(id, watch);
    this.#catchUp(watch, since);
  }

  #catchUp(watch: Watching, since: string | undefined): void {
    const log = this.log(watch.padId);
    const [epoch, seq] = since?.split('.') ?? [log.epoch, String(log.seq)];
    const here = this.cursor(watch.padId);
    watch.sent = log.seq;
    watch.isLive = true;
    if ((epoch !== log.epoch && epoch !== '0') || Number(seq) > log.seq) {
      const reset = { reset: true, caughtUp: true, after: log.seq, upTo: log.seq };
      this.#send(watch, { from: here, to: here, ...reset });
      return;
    }
    watch.sent = Number(seq);
    this.#push(watch);
    this.#send(watch, { from: here, to: here, caughtUp: true, after: log.seq, upTo: log.seq });
  }

  #push(watch: Watching): void {
    const { epoch, seq } = this.log(watch.padId);
    while (watch.sent < seq) {
      const [after, upTo] = [watch.sent, Math.min(seq, watch.sent + PAGE)];
      watch.sent = upTo;
      const [from, to] = [`${epoch}.${after}`, `${epoch}.${upTo}`];
      this.#send(watch, { from, to, caughtUp: false, after, upTo });
    }
  }

  #send({ connection, id, padId, document, variables }: Watching, range: Range): void {
    const { after, upTo, from, to, caughtUp, reset = false } = range;
    const batch = { padId, from, to, caughtUp, reset, changes: changesOf(after, upTo) };
    const payload = execute({
      schema,
      document,
      rootValue: { memoChanges: batch },
      variableValues: variables,
    });
    this.onBatch(() => send(connection.socket, { type: 'next', id, payload }), range);
  }
}

function asQuery(document: DocumentNode): DocumentNode {
  return visit(document, {
    OperationDefinition: (node) => ({ ...node, operation: OperationTypeNode.QUERY }),
  });
}

function readArguments(document: DocumentNode, variables: Record<string, unknown>) {
  const field = getOperationAST(document)?.selectionSet.selections[0];
  const given = field?.kind === Kind.FIELD ? (field.arguments ?? []) : [];
  const read = (name: string) => {
    const value = given.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.VARIABLE) return variables[value.name.value] as string | undefined;
    return value?.kind === Kind.STRING ? value.value : undefined;
  };
  return { padId: read('padId') ?? '', since: read('since') };
}

/** Starts services and stops them after each test of the file. */
export function useServices(): () => Promise<TestService> {
  return useStarted(async () => {
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      handleProtocols: () => 'graphql-transport-ws',
    });
    await once(server, 'listening');
    return new TestService(server);
  });
}

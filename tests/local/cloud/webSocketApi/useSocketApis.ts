import { once } from 'node:events';
import { afterEach } from '@jest/globals';
import { type ClientOptions, WebSocket } from 'ws';
import { createSignedClient } from '#aws/signedClient.ts';
import { REGION } from '#local/cloud/account.ts';
import { createCallers } from '#local/cloud/iam/callers.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { createSignatureVerifier } from '#local/cloud/iam/signature.ts';
import type { InvocationResult } from '#local/cloud/lambda/functions.ts';
import type { WebSocketApiDefinition } from '#local/cloud/webSocketApi/definition.ts';
import {
  type RunningWebSocketApi,
  startWebSocketApi,
  type WebSocketApiOptions,
} from '#local/cloud/webSocketApi/server.ts';
import { waitFor } from '#tests/support/waitFor.ts';

export const SOCKET_FUNCTION = 'arn:aws:lambda:ap-northeast-2:000000000000:function:socket';
export const CONNECTIONS = 'arn:aws:execute-api:ap-northeast-2:000000000000:memos1/live';
export const MAY_MANAGE: Statement = {
  Effect: 'Allow',
  Action: 'execute-api:ManageConnections',
  Resource: `${CONNECTIONS}/*`,
};

/** A route answers what the test's function says; undefined is an answer without a body. */
export type Answering = (event: SocketEvent) => unknown;

export interface SocketEvent {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly [name: string]: unknown;
  };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly [name: string]: unknown;
}

export interface SocketLab extends RunningWebSocketApi {
  /** What the function got, in order. */
  readonly events: SocketEvent[];
  readonly accessLog: string[];
  connect(options?: ClientOptions & { protocols?: string[]; path?: string }): Promise<Client>;
  /** Asks the management endpoint, signed. @returns its status, and what it said */
  manage(
    method: 'POST' | 'GET' | 'DELETE',
    connectionId: string,
    body?: string,
    statements?: readonly Statement[],
  ): Promise<{ status: number; headers: Readonly<Record<string, unknown>>; body: string }>;
}

export interface Client {
  readonly socket: WebSocket;
  /** As the function knows it. */
  readonly id: string;
  readonly messages: string[];
  /** Once it has ended. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Waits for so many messages. */
  received(count: number): Promise<string[]>;
}

const ROUTE_KEYS = ['$connect', '$disconnect', '$default', 'ask', 'tell'];
/** The others are one-way. */
const ANSWERING = new Set(['$connect', '$default', 'ask']);

/** Starts APIs before a function that is a plain one of the test's, and closes them after each test of the file. */
export function useSocketApis() {
  const running: RunningWebSocketApi[] = [];
  const sockets: WebSocket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await Promise.all(running.splice(0).map((api) => api.close()));
  });
  return async (
    changes: Partial<WebSocketApiDefinition> & { answer?: Answering; routeKeys?: string[] } = {},
    options: Partial<WebSocketApiOptions> = {},
  ): Promise<SocketLab> => {
    const { answer = () => undefined, routeKeys = ROUTE_KEYS, ...definition } = changes;
    const events: SocketEvent[] = [];
    const accessLog: string[] = [];
    const callers = createCallers();
    const api = await startWebSocketApi(
      {
        apiId: 'memos1',
        stage: 'live',
        routedBy: 'type',
        routes: routeKeys.map((routeKey) => ({
          routeKey,
          functionArn: SOCKET_FUNCTION,
          answers: ANSWERING.has(routeKey),
        })),
        throttle: { rate: 10_000, burst: 10_000 },
        mayInvoke: () => true,
        ...definition,
      },
      {
        port: 0,
        verify: createSignatureVerifier({ callers }),
        accessLog: (line) => accessLog.push(line),
        invoke: async (_functionArn, payload): Promise<InvocationResult> => {
          const event: SocketEvent = JSON.parse(payload);
          events.push(event);
          const answered = (await answer(event)) ?? { statusCode: 200 };
          return { payload: JSON.stringify(answered), requestId: 'invocation-1', logTail: '' };
        },
        ...options,
      },
    );
    running.push(api);
    const { origin } = new URL(api.url.replace('ws', 'http'));
    return {
      ...api,
      events,
      accessLog,
      async connect({ protocols = [], path = '/live', ...rest } = {}) {
        const socket = new WebSocket(`${origin}${path}`, protocols, rest);
        sockets.push(socket);
        const client = describeClient(socket);
        await once(socket, 'open');
        const { length } = events;
        const connects = events.filter(({ requestContext }) => isConnect(requestContext));
        if (length === 0) return { ...client, id: '' };
        return { ...client, id: connects.at(-1)?.requestContext.connectionId ?? '' };
      },
      async manage(method, connectionId, body = '', statements = [MAY_MANAGE]) {
        const client = createSignedClient({
          service: 'execute-api',
          region: REGION,
          endpoint: origin,
          credentials: callers.add({ principal: 'arn:aws:sts::000000000000:x/y', statements }),
          timeoutMs: 5_000,
        });
        return client(
          `/live/@connections/${encodeURIComponent(connectionId)}`,
          body,
          {},
          method as 'POST',
        );
      },
    };
  };
}

const isConnect = ({ eventType }: SocketEvent['requestContext']): boolean =>
  eventType === 'CONNECT';

function describeClient(socket: WebSocket): Omit<Client, 'id'> {
  const messages: string[] = [];
  socket.on('message', (data) => messages.push(data.toString()));
  const closed = once(socket, 'close').then(([code, reason]) => ({
    code: Number(code),
    reason: String(reason),
  }));
  // Some tests don't ask how it ended.
  closed.catch(() => {});
  return {
    socket,
    messages,
    closed,
    async received(count) {
      await waitFor(`${count} messages`, () => messages.length >= count);
      return messages;
    },
  };
}

/** How a client is refused: the status of the handshake. */
export function statusOfRefusal(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => reject(new Error('Expected a refusal.')));
    socket.on('error', () => {});
  });
}

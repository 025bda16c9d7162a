import { afterAll, beforeAll } from '@jest/globals';
import { request as sendRequest } from 'undici';
import { MemopadError } from '#domain/errors.ts';
import type { LogEntry } from '#domain/log.ts';
import type { VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import type { Subgraph, SubgraphRequest } from '#domain/viewer/subgraphRequest.ts';
import { createGateway, type GatewayOptions } from '#gateway/server.ts';
import { listen } from '#one-process/nodeServer.ts';
import { authSdl, memoSdl } from '#schema/generated/sdl.ts';
import { createSubgraph } from '#subgraphs/subgraph.ts';

export const MINA = '01J8Z3K4M5N6P7Q8R9S0T1V2W3';

/** Takes `Bearer good`, which is Mina's, and refuses any other token. */
export const verifyGood: VerifyAuthorization = async (authorization) => {
  if (authorization === undefined) return null;
  if (authorization === 'Bearer good') return { userId: MINA, sessionId: 'session' };
  throw new MemopadError('UNAUTHENTICATED', 'The access token was refused: it has expired.');
};

export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // Tests read into answers of every shape.
  readonly body: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly TestError[];
    readonly extensions?: unknown;
    readonly status?: string;
  };
}

export interface TestError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number }[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface Wish {
  readonly method?: string;
  /** Path and query string; `/graphql` when left out. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

export interface TestGateway {
  readonly url: string;
  /** What was logged and what the subgraphs were asked since the last `forget`. */
  readonly lines: LogEntry[];
  readonly asked: { readonly subgraph: 'auth' | 'memo'; readonly request: SubgraphRequest }[];
  /** Sends anything at all. */
  send(wish: Wish): Promise<GraphQLAnswer>;
  /** POSTs an operation as JSON. */
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string | string[]>>,
  ): Promise<GraphQLAnswer>;
  forget(): void;
}

export interface TestGatewayOptions extends Partial<Omit<GatewayOptions, 'subgraphs' | 'log'>> {
  /** The resolvers of each subgraph, or a subgraph that behaves in a way of its own. */
  readonly auth?: object | Subgraph;
  readonly memo?: object | Subgraph;
  /** Off lets a test send a foreign Host header past the server, to the gateway. */
  readonly loopbackOnly?: boolean;
}

/** Starts a gateway on a real HTTP server before the tests of the block and stops it after them. */
export function useGateway(options: TestGatewayOptions = {}): TestGateway {
  const { auth = {}, memo = {}, loopbackOnly = true, ...rest } = options;
  const lines: LogEntry[] = [];
  const asked: TestGateway['asked'] = [];
  const started = { url: '', stop: async () => {} };
  const overhear = (name: 'auth' | 'memo', subgraph: Subgraph): Subgraph => {
    return (request) => {
      asked.push({ subgraph: name, request });
      return subgraph(request);
    };
  };
  beforeAll(async () => {
    const gateway = await createGateway({
      subgraphs: {
        auth: overhear('auth', toSubgraph(authSdl, auth)),
        memo: overhear('memo', toSubgraph(memoSdl, memo)),
      },
      verify: verifyGood,
      introspection: true,
      allowedOrigins: 'loopback',
      checkHealth: async () => {},
      log: (entry) => lines.push(entry),
      ...rest,
    });
    const server = await listen(gateway.http, { port: 0, host: '127.0.0.1', loopbackOnly });
    started.url = server.url;
    started.stop = async () => {
      await server.close();
      await gateway.stop();
    };
  });
  afterAll(() => started.stop());
  const send = (wish: Wish) => sendWish(started.url, wish);
  return {
    get url() {
      return `${started.url}/graphql`;
    },
    lines,
    asked,
    send,
    ask: (query, variables, headers = {}) =>
      send({
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    forget: () => {
      lines.length = 0;
      asked.length = 0;
    },
  };
}

function toSubgraph(sdl: string, resolvers: object | Subgraph): Subgraph {
  if (typeof resolvers === 'function') return resolvers as Subgraph;
  const log = () => {};
  return createSubgraph({ sdl, resolvers, verify: verifyGood, createContext: () => ({}), log });
}

async function sendWish(url: string, wish: Wish): Promise<GraphQLAnswer> {
  const { method = 'POST', path = '/graphql', headers = {}, body } = wish;
  const response = await sendRequest(url + path, {
    method: method as 'POST',
    headers,
    ...(body !== undefined && { body }),
  });
  const text = await response.body.text();
  const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: response.statusCode,
    headers: Object.fromEntries(flat),
    text,
    body: /json/.test(String(response.headers['content-type'])) ? JSON.parse(text) : {},
  };
}

/** The one error of an answer. */
export function onlyError({ body }: GraphQLAnswer): TestError {
  const [error, ...others] = body.errors ?? [];
  if (!error || others.length > 0) throw new Error(`Expected one error: ${JSON.stringify(body)}`);
  return error;
}

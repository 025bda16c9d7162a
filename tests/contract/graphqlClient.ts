import { Agent, type Dispatcher, request } from 'undici';
import { readAppSyncAnswer } from '#client/appsyncAnswer.ts';
import type { Answer, GraphqlRequest, RawRequest } from './door.ts';

/** Sends GraphQL over real HTTP, as an app does, and any other request besides. */
export interface GraphqlClient {
  execute(document: string, request?: GraphqlRequest): Promise<Answer>;
  send(wish: RawRequest): Promise<Answer>;
  close(): Promise<void>;
}

/** What sessions remember of the client. */
export const USER_AGENT = 'memopad-contract';

export interface GraphqlClientOptions {
  readonly url: string;
  /** Headers that say who asks; nobody without a token. */
  readonly identify: (token: string | undefined) => Readonly<Record<string, string>>;
  /** What the door's JSON means. */
  readonly read: (status: number, body: unknown) => Pick<Answer, 'data' | 'errors' | 'inOurWords'>;
}

/** Speaks to the federated door. */
export function createFederatedClient(url: string): GraphqlClient {
  return createGraphqlClient({
    url,
    identify: (token) => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    read: (_, body) => {
      const { data = null, errors = [] } = isObject(body) ? (body as Partial<Answer>) : {};
      return { data, errors, inOurWords: true };
    },
  });
}

/** Speaks to the AppSync door, where nobody is whoever has the API key, and a token stands alone in its header. */
export function createAppSyncClient(url: string, apiKey: string): GraphqlClient {
  return createGraphqlClient({
    url,
    identify: (token) => (token === undefined ? { 'x-api-key': apiKey } : { authorization: token }),
    read: (status, body) => ({ ...readAppSyncAnswer(status, body), inOurWords: false }),
  });
}

function createGraphqlClient({ url, identify, read }: GraphqlClientOptions): GraphqlClient {
  const dispatcher = new Agent();
  const send = async ({ method = 'POST', search = '', headers = {}, body }: RawRequest) => {
    const options = { method, headers: { 'user-agent': USER_AGENT, ...headers }, dispatcher };
    const response = await request(url + search, { ...options, ...(body && { body }) });
    return readAnswer(response, read);
  };
  return {
    send,
    execute: (document, { variables, token, headers } = {}) =>
      send({
        headers: {
          'content-type': 'application/json',
          ...identify(token),
          ...headers,
        },
        body: JSON.stringify({ query: document, variables }),
      }),
    close: () => dispatcher.close(),
  };
}

async function readAnswer(
  response: Dispatcher.ResponseData,
  read: GraphqlClientOptions['read'],
): Promise<Answer> {
  const text = await response.body.text();
  const told = read(response.statusCode, readJson(text));
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
  );
  return { status: response.statusCode, headers, text, ...told };
}

/** An answer that isn't GraphQL at all has neither data nor errors: its text and status tell. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

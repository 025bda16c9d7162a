import { Agent, type Dispatcher, request } from 'undici';
import type { Answer, GraphqlRequest, RawRequest } from './door.ts';

/** Sends GraphQL over real HTTP, as an app does, and any other request besides. */
export interface GraphqlClient {
  execute(document: string, request?: GraphqlRequest): Promise<Answer>;
  send(wish: RawRequest): Promise<Answer>;
  close(): Promise<void>;
}

/** What sessions remember of the client. */
export const USER_AGENT = 'memopad-contract';

export function createGraphqlClient(url: string): GraphqlClient {
  const dispatcher = new Agent();
  const send = async ({ method = 'POST', search = '', headers = {}, body }: RawRequest) => {
    const options = { method, headers: { 'user-agent': USER_AGENT, ...headers }, dispatcher };
    return readAnswer(await request(url + search, { ...options, ...(body && { body }) }));
  };
  return {
    send,
    execute: (document, { variables, token, headers } = {}) =>
      send({
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ query: document, variables }),
      }),
    close: () => dispatcher.close(),
  };
}

async function readAnswer(response: Dispatcher.ResponseData): Promise<Answer> {
  const text = await response.body.text();
  const { data = null, errors = [] } = readJson(text);
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
  );
  return { status: response.statusCode, headers, data, errors, text };
}

/** An answer that isn't GraphQL at all has neither data nor errors: its text and status tell. */
function readJson(text: string): Partial<Answer> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}

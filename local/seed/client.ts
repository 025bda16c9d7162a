import type { HttpHandler } from '#domain/viewer/httpMessage.ts';

/** Somebody who asks the API, signed in or not. */
export interface Client {
  /** @throws ApiError with the code of the first error. */
  ask<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
}

export class ApiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Speaks to the gateway as any client would, without a socket between. */
export function createClient(gateway: HttpHandler, accessToken?: string): Client {
  const headers = {
    'content-type': 'application/json',
    host: '127.0.0.1',
    'user-agent': 'memopad-seed',
    ...(accessToken && { authorization: `Bearer ${accessToken}` }),
  };
  return {
    async ask(query, variables = {}) {
      const { body } = await gateway({
        method: 'POST',
        path: '/graphql',
        search: '',
        headers,
        body: JSON.stringify({ query, variables }),
        sourceIp: '127.0.0.1',
      });
      const { data, errors } = JSON.parse(String(body));
      const [error] = errors ?? [];
      if (error) throw new ApiError(String(error.extensions?.code), error.message);
      return data;
    },
  };
}

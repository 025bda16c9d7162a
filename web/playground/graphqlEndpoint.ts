/** What goes into the body of a GraphQL request over HTTP. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null | undefined;
}

export interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly retryAfterSeconds?: number };
}

export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphqlError[];
}

export interface GraphqlReply {
  /** The HTTP status; 0 when the service could not be reached. */
  readonly status: number;
  readonly answer: GraphqlAnswer;
  /** The answer as the door wrote it, where that is another way. */
  readonly shown?: object;
}

/** Sends one operation. It never rejects: what goes wrong on the way is an error of the answer. */
export type PostGraphql = (
  request: GraphqlRequest,
  headers: Readonly<Record<string, string>>,
) => Promise<GraphqlReply>;

/** The GraphQL endpoint at `url`, spoken to as GraphQL over HTTP says: JSON in, JSON out. */
export function graphqlEndpoint(url: string, fetch: typeof globalThis.fetch): PostGraphql {
  return async ({ query, variables, operationName }, headers) => {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: {
          accept: 'application/graphql-response+json, application/json;q=0.9',
          'content-type': 'application/json',
          ...headers,
        },
        body: JSON.stringify({ query, variables, operationName }),
      });
    } catch {
      return refused(0, `Can't reach ${url}. Is Memopad still running?`);
    }
    return readReply(url, response);
  };
}

async function readReply(url: string, response: Response): Promise<GraphqlReply> {
  const { status } = response;
  try {
    const answer: unknown = JSON.parse(await response.text());
    if (typeof answer === 'object' && answer !== null) return { status, answer };
  } catch {
    // Cut off on the way, or the page of some proxy: said below.
  }
  const got = response.headers.get('content-type') ?? 'no content type';
  return refused(status, `Expected JSON from ${url}, got HTTP ${status} with ${got}.`);
}

function refused(status: number, message: string): GraphqlReply {
  return { status, answer: { errors: [{ message }] } };
}

import type { GraphiQLProps } from 'graphiql';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import type { GraphqlReply, GraphqlRequest, PostGraphql } from './graphqlEndpoint.ts';
import { GraphqlFailure } from './graphqlFailure.ts';
import type { RunSubscription } from './liveChanges.ts';
import type { Session } from './session.ts';

type Fetcher = GraphiQLProps['fetcher'];

export interface FetcherOptions {
  readonly post: PostGraphql;
  readonly session: Session;
  /** Subscriptions go over the socket. */
  readonly subscribe: RunSubscription;
}

/**
 * What GraphiQL sends operations with. Every request carries the session's `Authorization`, which
 * therefore never stands in the headers editor, from where GraphiQL would keep it in its history.
 * An `Authorization` that a person writes there wins.
 */
export function createFetcher({ post, session, subscribe }: FetcherOptions): Fetcher {
  return async (asked, { headers = {} } = {}) => {
    try {
      const operation = operationOf(asked);
      const request = { ...asked, operationName: operation?.name?.value ?? asked.operationName };
      if (operation?.operation === 'subscription') return shown(await subscribe(request));
      const { answer, shown: written = answer } = namesAuthorization(headers)
        ? await post(request, headers)
        : await postSignedIn({ post, session }, request, headers);
      // An answer that can't be followed is still the answer.
      await session.follow(answer.data).catch(() => undefined);
      return shown(written);
    } catch (error) {
      if (error instanceof GraphqlFailure) return shown({ errors: error.errors });
      throw error;
    }
  };
}

/**
 * The operation to run; undefined where the text can't be read. What GraphiQL knows of a text, the name
 * included, may still be of the one that stood there a moment ago.
 */
function operationOf({
  query,
  operationName,
}: GraphqlRequest): OperationDefinitionNode | undefined {
  const document = read(query);
  if (!document) return undefined;
  return getOperationAST(document, operationName) ?? getOperationAST(document) ?? undefined;
}

function read(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true });
  } catch {
    return undefined;
  }
}

async function postSignedIn(
  { post, session }: Pick<FetcherOptions, 'post' | 'session'>,
  request: GraphqlRequest,
  headers: Record<string, string>,
): Promise<GraphqlReply> {
  const authorization = await session.authorization();
  if (!authorization) return post(request, headers);
  const reply = await post(request, { ...headers, authorization });
  if (reply.status !== 401) return reply;
  // The service ran nothing, so sending it again is safe: its clock or its signing key moved on.
  const renewed = await session.renew();
  return renewed ? post(request, { ...headers, authorization: renewed }) : reply;
}

/** GraphiQL prints an answer as it is, although its type asks for errors of graphql-js. */
function shown(answer: object): Awaited<ReturnType<Fetcher>> {
  return answer as Awaited<ReturnType<Fetcher>>;
}

function namesAuthorization(headers: Record<string, unknown>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
}

import type { GraphiQLProps } from 'graphiql';
import { getOperationAST } from 'graphql';
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
  return async (request, { headers = {}, documentAST } = {}) => {
    try {
      const operation = documentAST && getOperationAST(documentAST, request.operationName);
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

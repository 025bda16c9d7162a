import type { Client } from 'graphql-ws';
import { createLiveClient } from '#client/createLiveClient.ts';
import type { GraphqlRequest } from './graphqlEndpoint.ts';
import { GraphqlFailure } from './graphqlFailure.ts';
import type { Session } from './session.ts';

export interface LiveChangesOptions {
  /** Where the socket is; null when this Memopad has none. */
  readonly socket: Promise<string | null>;
  readonly session: Pick<Session, 'authorization' | 'renew'>;
  readonly create?: typeof createLiveClient;
}

/** Runs a subscription: its answers, one after the other, until the reader leaves. */
export type RunSubscription = (request: GraphqlRequest) => Promise<AsyncIterable<object>>;

/** Subscriptions over one socket for the whole page, as whoever is signed in when it connects. */
export function createLiveChanges(options: LiveChangesOptions): RunSubscription {
  const { socket, session, create = createLiveClient } = options;
  let client: Client | undefined;
  const getAccessToken = async ({ refused }: { readonly refused: boolean }) => {
    const authorization = await (refused ? session.renew() : session.authorization());
    return authorization?.replace(/^Bearer /, '') ?? null;
  };
  return async ({ query, variables, operationName }) => {
    const url = await socket;
    if (!url)
      throw new GraphqlFailure([{ message: 'This Memopad has no socket to watch changes on.' }]);
    client ??= create({ url, getAccessToken });
    return client.iterate({
      query,
      variables: (variables ?? {}) as Record<string, unknown>,
      operationName,
    });
  };
}

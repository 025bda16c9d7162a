import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterEach } from '@jest/globals';
import { type AuthOptions, createAuthLink } from 'aws-appsync-auth-link';
import { createSubscriptionHandshakeLink } from 'aws-appsync-subscription-link';
import { WebSocket } from 'ws';
import { REGION } from '#local/cloud/account.ts';

// Node 20 has none; the links take whatever is there.
Object.assign(globalThis, { WebSocket });

/** The links leave timers of many seconds behind, which would keep the test's process alive. */
const LONG_MS = 10_000;
const startTimer = globalThis.setTimeout;
Object.assign(globalThis, {
  setTimeout(...given: Parameters<typeof startTimer>) {
    const timer = startTimer(...given);
    return Number(given[1]) >= LONG_MS ? timer.unref() : timer;
  },
});

/** Apollo Client with AWS's own links, as their README says; stopped after each test of the file. */
export function useApolloClients() {
  const clients: ApolloClient[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.stop();
  });
  return (url: string, auth: AuthOptions): ApolloClient => {
    // AWS's auth link signs the body as it would be without what Apollo Client 4 adds to tell of itself.
    const http = new HttpLink({ uri: url, enhancedClientAwareness: { transport: false } });
    // Their types are those of Apollo Client's CommonJS half.
    const links: unknown[] = [
      createAuthLink({ url, region: REGION, auth }),
      createSubscriptionHandshakeLink({ url, region: REGION, auth }, http as never),
    ];
    const link = ApolloLink.from(links as ApolloLink[]);
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    clients.push(client);
    return client;
  };
}

export interface Heard {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has asked for
  readonly data: any[];
  readonly errors: unknown[];
  isComplete: boolean;
  stop(): void;
}

/** Subscribes and keeps what comes. */
export function hear(client: ApolloClient, document: string, variables = {}): Heard {
  const heard: Heard = { data: [], errors: [], isComplete: false, stop: () => {} };
  const subscription = client.subscribe({ query: gql(document), variables }).subscribe({
    next: ({ data, error }) => {
      if (error) heard.errors.push(error);
      else heard.data.push(data);
    },
    error: (error) => heard.errors.push(error),
    complete: () => {
      heard.isComplete = true;
    },
  });
  heard.stop = () => subscription.unsubscribe();
  return heard;
}

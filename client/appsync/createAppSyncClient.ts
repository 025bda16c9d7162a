import type { Client } from 'graphql-ws';
import { type AccessTokenOptions, createAccessToken } from '#client/accessToken.ts';
import { iterateWith } from '#client/iterate.ts';
import { backOffMs, createPace } from '#client/pace.ts';
import type { Subscribe } from '#client/watch.ts';
import { readWatchDocument } from '#client/watchDocument.ts';
import { AppSyncWatch } from './appSyncWatch.ts';
import { createAsk } from './ask.ts';
import { errorOf } from './errors.ts';
import { createLine } from './line.ts';
import { realtimeUrlOf, type SocketImpl } from './protocol.ts';

export interface AppSyncClientOptions extends AccessTokenOptions {
  /** Where the API is, `https://….appsync-api.….amazonaws.com/graphql`; on a laptop `endpoints.json` has it as `appsync`. */
  readonly url: string;
  /** Where its socket is; AWS's own place, or `<url>/realtime` elsewhere, when left out. */
  readonly realtimeUrl?: string;
  /** After so much silence the log is asked whether something got lost, in milliseconds; 60_000 by default, 0 for never. Sooner right after a subscription began. */
  readonly checkMs?: number;
  /** How long AppSync may take to acknowledge a connection or a subscription, in milliseconds; 30_000 by default. */
  readonly subscribeTimeoutMs?: number;
  /** The global ones by default. */
  readonly webSocketImpl?: SocketImpl;
  readonly fetchImpl?: typeof fetch;
  /** From 0 to 1, without 1; `Math.random` by default. */
  readonly random?: () => number;
}

/** The part of graphql-ws's client that Apollo Client's `GraphQLWsLink` and urql's `subscriptionExchange` need. */
export type AppSyncClient = Pick<Client, 'subscribe' | 'iterate' | 'dispose'>;

/**
 * What `createLiveClient` is for the socket, for AppSync: subscriptions to `memoChanges` get every change
 * of a pad once and in order, over however many connections it takes. AppSync itself replays nothing and
 * may lose messages; so the log is read by `Query.memoChanges` with the same selection whenever a
 * subscription starts, a batch doesn't join, and nothing came for a while.
 *
 * Errors are GraphQL errors with `extensions.code`, as those of `createLiveClient`.
 */
export function createAppSyncClient(options: AppSyncClientOptions): AppSyncClient {
  const { url, realtimeUrl = realtimeUrlOf(url) } = options;
  const { checkMs = 60_000, subscribeTimeoutMs = 30_000, random = Math.random } = options;
  const { webSocketImpl = WebSocket as unknown as SocketImpl } = options;
  const token = createAccessToken(options);
  const pace = createPace(random);
  const { host } = new URL(url);
  const line = createLine({ realtimeUrl, host, webSocketImpl, token, pace, subscribeTimeoutMs });
  const ask = createAsk(url, options.fetchImpl ?? fetch);
  const watches = new Set<AppSyncWatch>();
  const subscribe: Subscribe = (payload, sink) => {
    const document = readWatchDocument(payload.query);
    if (!document) {
      sink.error(errorOf('BAD_USER_INPUT', 'Expected a subscription to memoChanges.') as never);
      return () => {};
    }
    const watch = new AppSyncWatch({
      ...{ line, document, payload, sink, checkMs },
      ask: (query, variables) => ask(query, variables, () => line.token()),
      refuseToken: token.refuse,
      onProgress: pace.progresses,
      backOffMs: (attempt) => backOffMs(attempt, 500, random),
    });
    watches.add(watch);
    return () => {
      watches.delete(watch);
      watch.dispose();
    };
  };
  return {
    subscribe: subscribe as Client['subscribe'],
    iterate: iterateWith(subscribe),
    dispose() {
      for (const watch of watches) watch.dispose();
      watches.clear();
    },
  };
}

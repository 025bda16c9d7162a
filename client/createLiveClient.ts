import { type Client, type ClientOptions, createClient } from 'graphql-ws';
import { type AccessTokenOptions, createAccessToken } from './accessToken.ts';
import { keepHeartbeat } from './heartbeat.ts';
import { iterateWith } from './iterate.ts';
import { backOffMs, createPace } from './pace.ts';
import { keepPace, LASTS_MS, pacedUrl } from './pacing.ts';
import { createRefusal } from './refusal.ts';
import { connectionTimers } from './timers.ts';
import { createWatches } from './watches.ts';

export type { GetAccessToken } from './accessToken.ts';

type OwnOptions = 'connectionParams' | 'retryAttempts' | 'retryWait' | 'shouldRetry';

/** graphql-ws's own options, but for those that make connections come back: that is what this client does. */
export interface LiveClientOptions extends Omit<ClientOptions, OwnOptions>, AccessTokenOptions {
  /** Where the socket is, `wss://…`; on a laptop `endpoints.json` has it. A function is asked before each connection. */
  readonly url: ClientOptions['url'];
  /** How often a silent connection is checked, in milliseconds; 240_000 by default. API Gateway closes one that is silent for 10 minutes. */
  readonly keepAlive?: number;
  /** How long the answer to a check may take, in milliseconds; 10_000 by default. */
  readonly answerTimeoutMs?: number;
  /** How long the service may take to acknowledge a connection, or to answer a subscription, in milliseconds; 30_000 by default. */
  readonly subscribeTimeoutMs?: number;
  /** From 0 to 1, without 1; `Math.random` by default. */
  readonly random?: () => number;
}

/**
 * graphql-ws's `createClient` for Memopad: subscriptions to `memoChanges` get every change of a pad once
 * and in order, over however many connections it takes. It goes wherever graphql-ws's client goes, into
 * Apollo Client's `GraphQLWsLink` and urql's `subscriptionExchange` too. `memoChanges` has to stand in
 * the subscription itself, not in a fragment; `since` may be a variable, a text, or left out.
 *
 * A batch with `reset: true` goes to the caller, who then reads the list again: the log no longer
 * reaches back to where the caller was. A subscription ends with an error, GraphQL errors with
 * `extensions.code`, only when the service refuses it: NOT_FOUND, FORBIDDEN, BAD_USER_INPUT, or
 * UNAUTHENTICATED when a new token doesn't help. Everything else is tried again: at once, then after
 * half a second to 30 seconds, or 5 to 30 seconds when the service takes connections only to end them.
 */
export function createLiveClient(options: LiveClientOptions): Client {
  const { url, random = Math.random, ...others } = options;
  const { answerTimeoutMs = 10_000, subscribeTimeoutMs = 30_000, ...settings } = others;
  const pace = createPace(random);
  const token = createAccessToken(options);
  const refusal = createRefusal();
  let operations = 0;
  const client = createClient({
    keepAlive: 240_000,
    // A UUID would take half the room of the rows that are read at each change for each watcher.
    generateID: () => String(operations++),
    connectionAckWaitTimeout: subscribeTimeoutMs,
    ...settings,
    url: pacedUrl(url, pace),
    connectionParams: token.parameters,
    retryAttempts: Infinity,
    retryWait: pace.wait,
    shouldRetry: refusal.mayPass,
  });
  refusal.listen(client);
  const timers = connectionTimers(client);
  const resume = createResume(client);
  const { subscribe, watches } = createWatches({
    client,
    subscribe: keepPace({ client, pace, explain: refusal.explain }),
    line: {
      serves(isNew) {
        pace.enter('USED');
        if (isNew) pace.progresses();
      },
      renew(isTokenRefused) {
        if (isTokenRefused) token.refuse();
        resume();
      },
      backOffMs: (attempt) => backOffMs(attempt, 500, random),
    },
  });
  keepHeartbeat({ client, timers, watches, answerTimeoutMs, subscribeTimeoutMs, resume });
  client.on('connected', (_socket, acknowledgement) => {
    timers.start('lasts', LASTS_MS, pace.progresses);
    const renewalMs = token.renewalMs(acknowledgement);
    if (renewalMs !== undefined) timers.start('token', renewalMs, resume);
  });
  const iterate = iterateWith(subscribe);
  return { ...client, subscribe: subscribe as Client['subscribe'], iterate };
}

/** Makes the connection anew; what comes over the old one is no longer heard, else it would be taken for the new one's. */
function createResume(client: Client): () => void {
  let socket: { onmessage: unknown; onclose: unknown } | undefined;
  client.on('opened', (opened) => {
    socket = opened as typeof socket;
  });
  client.on('error', () => {
    if (socket) socket.onclose = null;
  });
  return () => {
    if (socket) socket.onmessage = null;
    client.terminate();
  };
}

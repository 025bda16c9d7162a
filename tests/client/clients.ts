import { afterEach } from '@jest/globals';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createLiveClient, type LiveClientOptions } from '#client/createLiveClient.ts';
import { waitFor } from '#tests/support/waitFor.ts';

export const WATCH = `subscription Watch($padId: ID!, $since: String) {
  memoChanges(padId: $padId, since: $since) { from to caughtUp reset changes { seq memoId } }
}`;

export interface WatchedBatch {
  readonly from: string;
  readonly to: string;
  readonly caughtUp: boolean;
  readonly reset: boolean;
  readonly changes: readonly { readonly seq: number; readonly memoId: string | null }[];
}

/** A subscription with everything its caller was told. */
export interface Recording {
  readonly batches: WatchedBatch[];
  readonly errors: unknown[];
  isComplete: boolean;
  seqs(): number[];
  dispose(): void;
}

/** Makes clients that don't wait for nothing, and disposes of them after each test of the file. */
export function useClients() {
  const clients: Client[] = [];
  afterEach(() => {
    // One whose service is gone can't say goodbye: graphql-ws would wait for a connection first.
    for (const client of clients.splice(0)) Promise.resolve(client.dispose()).catch(() => {});
  });
  return (url: string, options: Partial<LiveClientOptions> = {}): Client => {
    const client = createLiveClient({
      url,
      getAccessToken: () => 'token',
      webSocketImpl: WebSocket,
      random: () => 0,
      ...options,
    });
    clients.push(client);
    return client;
  };
}

export function record(
  client: Pick<Client, 'subscribe'>,
  variables: Record<string, unknown> = { padId: 'pad' },
  query = WATCH,
): Recording {
  const batches: WatchedBatch[] = [];
  const errors: unknown[] = [];
  const recording = {
    batches,
    errors,
    isComplete: false,
    seqs: () => batches.flatMap(({ changes }) => changes.map(({ seq }) => seq)),
    dispose: () => {},
  };
  recording.dispose = client.subscribe<{ memoChanges: WatchedBatch }>(
    { query, variables },
    {
      next: ({ data }) => data && batches.push(data.memoChanges),
      error: (error) => errors.push(error),
      complete() {
        recording.isComplete = true;
      },
    },
  );
  return recording;
}

export const START = { padId: 'pad', since: '0.0' };

/** Starts a service of whatever kind, and somebody who is live at a pad of it. */
export function watchingWith<
  Service extends { readonly url: string },
  Watching extends Pick<Client, 'subscribe'>,
  Options,
>(
  startService: () => Promise<Service>,
  createClient: (url: string, options?: Options) => Watching,
) {
  return async (options?: Options, variables: Record<string, unknown> = START) => {
    const service = await startService();
    const client = createClient(service.url, options);
    const watch = record(client, variables);
    await waitFor('being live', () => watch.batches.some(({ caughtUp }) => caughtUp));
    return { service, client, watch };
  };
}

/** 1, 2, 3 and so on. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type AppSyncClient, createAppSyncClient } from '#client/appsync/createAppSyncClient.ts';
import type { SocketImpl } from '#client/appsync/protocol.ts';
import { createLiveClient } from '#client/createLiveClient.ts';
import type { Session } from '#scripts/transfer/api.ts';

/** A change as a watcher was told of it. */
export interface SeenChange {
  readonly seq: number;
  readonly kind: string;
  readonly memoId: string | null;
  readonly version: number;
}

/** Where one watches: over API Gateway's WebSocket, or through AppSync. */
export type Door = 'socket' | 'appsync';

export interface WatcherOptions {
  readonly url: () => string;
  /** Which door's it is: the socket's when left out. */
  readonly door?: Door | undefined;
  readonly session: Session;
  readonly padId: string;
  /** The very start of the log by default. */
  readonly since?: string;
  /** How long before its token ends it asks for the next: milliseconds. */
  readonly refreshAheadMs?: number;
  /** The clock of its device, if not ours. */
  readonly clock?: () => number;
  /** Whether it compares how far the service says the log is. */
  readonly comparesHeads?: boolean;
  /** Called for each change. */
  readonly onChange?: () => void;
}

const WATCH = `subscription Watch($padId: ID!, $since: String) {
  memoChanges(padId: $padId, since: $since) { changes { seq kind memoId version } }
}`;

interface Answer {
  readonly memoChanges: {
    readonly reset: boolean;
    readonly caughtUp: boolean;
    readonly changes: readonly SeenChange[];
  };
}

const PING_EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 3_000;
const CHECK_EVERY_MS = 4_000;

/** A front-end app: the real client over a real socket, and everything it was told. */
export class Watcher {
  readonly padId: string;
  readonly seen: SeenChange[] = [];
  readonly problems: unknown[] = [];
  /** How often the log no longer reached back. */
  resets = 0;
  /** Batches that did not join what this subscription had got over the same connection. */
  holes = 0;
  connections = 0;
  isCaughtUp = false;
  isComplete = false;
  #sockets = new Set<WebSocket>();
  #client: AppSyncClient;

  constructor(options: WatcherOptions) {
    const { door = 'socket', padId, since = '0.0', onChange } = options;
    this.padId = padId;
    this.#client = door === 'socket' ? this.#overSocket(options) : this.#throughAppSync(options);
    this.#client.subscribe<Answer>(
      { query: WATCH, variables: { padId, since } },
      {
        next: ({ data, errors }) => {
          if (errors) this.problems.push(errors);
          if (!data) return;
          const { reset, caughtUp, changes } = data.memoChanges;
          if (reset) this.resets += 1;
          this.isCaughtUp ||= caughtUp;
          this.seen.push(...changes);
          for (const _ of changes) onChange?.();
        },
        error: (problem) => this.problems.push(problem),
        complete: () => {
          this.isComplete = true;
        },
      },
    );
  }

  lastSeq(): number {
    return this.seen.at(-1)?.seq ?? 0;
  }

  /** The connection breaks, as when a train enters a tunnel. */
  breakConnection(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  stop(): void {
    Promise.resolve(this.#client.dispose()).catch(() => {});
    this.breakConnection();
  }

  #overSocket(options: WatcherOptions): Client {
    const { url, comparesHeads = true } = options;
    const client = createLiveClient({
      url,
      ...deviceOf(options),
      keepAlive: comparesHeads ? PING_EVERY_MS : 0,
      answerTimeoutMs: ANSWER_WITHIN_MS,
      subscribeTimeoutMs: comparesHeads ? 10_000 : 600_000,
      webSocketImpl: this.#socketImpl(),
    });
    this.#countHoles(client);
    return client;
  }

  /** Comparing heads is asking the log here. */
  #throughAppSync(options: WatcherOptions): AppSyncClient {
    const { url, comparesHeads = true } = options;
    return createAppSyncClient({
      url: url(),
      ...deviceOf(options),
      checkMs: comparesHeads ? CHECK_EVERY_MS : 0,
      subscribeTimeoutMs: 10_000,
      webSocketImpl: this.#socketImpl(() => {
        this.connections += 1;
      }) as unknown as SocketImpl,
    });
  }

  #socketImpl(onOpen: () => void = () => {}): typeof WebSocket {
    const sockets = this.#sockets;
    return class extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols);
        sockets.add(this);
        this.on('open', onOpen);
        this.on('close', () => sockets.delete(this));
      }
    } as typeof WebSocket;
  }

  /** Looks at what comes over the wire, before the client mends it. */
  #countHoles(client: Client): void {
    let reached: number | undefined;
    client.on('connected', () => {
      this.connections += 1;
      reached = undefined;
    });
    client.on('message', (message) => {
      if (message.type !== 'next') return;
      const batch = message.payload.data?.memoChanges as {
        from: string;
        to: string;
        reset: boolean;
      };
      if (!batch) return;
      const [from, to] = [batch.from, batch.to].map((cursor) => Number(cursor.split('.')[1]));
      if (!batch.reset && reached !== undefined && Number(from) > reached) this.holes += 1;
      reached = Math.max(reached ?? 0, Number(to));
    });
  }
}

function deviceOf({ session, clock = Date.now, refreshAheadMs = 60_000 }: WatcherOptions) {
  return { getAccessToken: session.accessToken, clock, refreshAheadMs };
}

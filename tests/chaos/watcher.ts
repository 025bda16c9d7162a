import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createLiveClient } from '#client/createLiveClient.ts';
import type { Session } from '#scripts/transfer/api.ts';

/** A change as a watcher was told of it. */
export interface SeenChange {
  readonly seq: number;
  readonly kind: string;
  readonly memoId: string | null;
  readonly version: number;
}

export interface WatcherOptions {
  readonly url: () => string;
  readonly session: Session;
  readonly padId: string;
  /** The very start of the log by default. */
  readonly since?: string;
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
  #client: Client;

  constructor(options: WatcherOptions) {
    const { url, session, padId, since = '0.0', comparesHeads = true, onChange } = options;
    this.padId = padId;
    const sockets = this.#sockets;
    this.#client = createLiveClient({
      url,
      getAccessToken: session.accessToken,
      keepAlive: comparesHeads ? PING_EVERY_MS : 0,
      answerTimeoutMs: ANSWER_WITHIN_MS,
      subscribeTimeoutMs: comparesHeads ? 10_000 : 600_000,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocol: string) {
          super(address, protocol);
          sockets.add(this);
          this.on('close', () => sockets.delete(this));
        }
      },
    });
    this.#countHoles();
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

  /** Looks at what comes over the wire, before the client mends it. */
  #countHoles(): void {
    let reached: number | undefined;
    this.#client.on('connected', () => {
      this.connections += 1;
      reached = undefined;
    });
    this.#client.on('message', (message) => {
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

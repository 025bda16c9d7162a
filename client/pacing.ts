import type { Client, ClientOptions } from 'graphql-ws';
import type { Pace } from './pace.ts';
import type { Subscribe } from './watch.ts';

/** An address that is given when the next connection may be made: graphql-ws asks before each, also after a close with code 1000, which it follows without a pause. */
export function pacedUrl(url: ClientOptions['url'], pace: Pace): () => Promise<string> {
  return async () => {
    for (;;) {
      await pace.wait();
      try {
        return await (typeof url === 'function' ? url() : url);
      } catch {
        pace.ends('LOST');
        pace.enter('STARTED');
      }
    }
  };
}

/** A connection that lasts this long served its purpose, even when nothing new came over it. */
export const LASTS_MS = 10_000;

export interface PacingOptions {
  readonly client: Client;
  readonly pace: Pace;
  /** Finds better words for what ended a subscription. */
  readonly explain: (problem: unknown) => unknown;
}

/** Tells the pace what becomes of each connection. @returns what subscribes, counting who needs the connection */
export function keepPace({ client, pace, explain }: PacingOptions): Subscribe {
  let users = 0;
  let isLeaving = false;
  client.on('connecting', () => {
    isLeaving = false;
    pace.enter('STARTED');
  });
  client.on('opened', () => pace.enter('OPEN'));
  client.on('error', () => pace.ends(isLeaving ? 'WANTED' : 'REFUSED'));
  client.on('closed', (event) => {
    const { code } = event as { readonly code?: unknown };
    const why = code === TERMINATED ? 'RESUMED' : code === BROKEN ? 'LOST' : 'REFUSED';
    pace.ends(isLeaving ? 'WANTED' : why);
  });
  return (payload, sink) => {
    users += 1;
    let isOver = false;
    const leave = () => {
      if (isOver) return;
      isOver = true;
      users -= 1;
      // graphql-ws closes a connection that nobody needs.
      isLeaving = users === 0;
    };
    const dispose = client.subscribe<Record<string, unknown>>(payload, {
      next: (result) => sink.next(result),
      error(problem) {
        leave();
        sink.error(explain(problem));
      },
      complete() {
        leave();
        sink.complete();
      },
    });
    return () => {
      leave();
      dispose();
    };
  };
}

/** A connection that broke without a word (RFC 6455 section 7.1.5). */
const BROKEN = 1006;
/** What graphql-ws's `terminate` closes with. */
const TERMINATED = 4499;

import type { Client } from 'graphql-ws';
import { type Line, type Subscribe, Watch } from './watch.ts';
import { readWatchDocument } from './watchDocument.ts';

export interface WatchesOptions {
  readonly client: Pick<Client, 'on'>;
  readonly subscribe: Subscribe;
  readonly line: Line;
}

/** What is subscribed, and all of it that watches changes. */
export interface Watches {
  readonly subscribe: Subscribe;
  readonly watches: ReadonlySet<Watch>;
}

/** Subscriptions to changes become watches; all others are graphql-ws's own. */
export function createWatches({ client, subscribe, line }: WatchesOptions): Watches {
  const watches = new Set<Watch>();
  client.on('connected', () => {
    for (const watch of watches) watch.reconnect();
  });
  return {
    watches,
    subscribe(payload, sink) {
      const document = readWatchDocument(payload.query);
      if (!document) return subscribe(payload, sink);
      const onOver = (over: Watch) => watches.delete(over);
      const watch = new Watch({ subscribe, document, payload, sink, line, onOver });
      watches.add(watch);
      return () => watch.dispose();
    },
  };
}

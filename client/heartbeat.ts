import type { Client } from 'graphql-ws';
import type { Timers } from './timers.ts';
import type { Watch } from './watch.ts';

export interface HeartbeatOptions {
  readonly client: Client;
  readonly timers: Timers;
  readonly watches: ReadonlySet<Watch>;
  /** How long an answer may take, in milliseconds. */
  readonly answerTimeoutMs: number;
  /** How long the first answer to a subscription may take, in milliseconds. */
  readonly subscribeTimeoutMs: number;
  readonly resume: () => void;
}

/**
 * Notices what no gap tells of: a connection that died without a word, and a last change that got
 * lost with nothing after it. A pong says how far the logs are; what is on its way at that moment
 * gets as long as a pong to arrive.
 */
export function keepHeartbeat(options: HeartbeatOptions): void {
  const { client, timers, watches, answerTimeoutMs, subscribeTimeoutMs, resume } = options;
  const expectAnswers = () => {
    timers.start('answers', subscribeTimeoutMs, () => {
      if ([...watches].some((watch) => watch.place() === undefined)) resume();
    });
  };
  client.on('connected', expectAnswers);
  client.on('ping', (isReceived) => {
    if (!isReceived) timers.start('pong', answerTimeoutMs, resume);
  });
  client.on('pong', (isReceived, payload) => {
    if (!isReceived) return;
    timers.stop('pong');
    const heads = (payload?.heads ?? {}) as Readonly<Record<string, unknown>>;
    const behind = [...watches].filter((watch) => watch.isBehind(heads));
    const places = behind.map((watch) => watch.place());
    if (places.length > 0) {
      timers.start('heads', answerTimeoutMs, () => {
        const isStuck = (watch: Watch, index: number) =>
          watches.has(watch) && watch.place() === places[index];
        if (behind.some(isStuck)) resume();
      });
    }
  });
}

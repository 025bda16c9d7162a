import { RequestFailed } from '#aws/httpClient.ts';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { ConnectionGone, type Connections, PostFailed } from './connections.ts';
import { limitInFlight } from './inFlight.ts';
import type { Push } from './push.ts';

export interface PostOptions {
  readonly connections: Connections;
  readonly subscriptions: Pick<SubscriptionStore, 'removeConnection'>;
  readonly log: Log;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** From 0 to 1, without 1. */
  readonly random: () => number;
}

const MAX_IN_FLIGHT = 50;
/** How long to wait before each further try at most: milliseconds. */
const RETRY_DELAYS_MS = [100, 400];

/** Posts to connections. One that can't be posted to is closed: its client comes back and goes on where it was. */
export function createPost(options: PostOptions): Pick<Push, 'post' | 'disconnect'> {
  const { connections, subscriptions, log, wait, random } = options;
  const take = limitInFlight(MAX_IN_FLIGHT);

  const attempt = async (what: string, action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      log({ level: 'warn', message: what, error: describeUnexpected(error) });
    }
  };
  const forget = (connectionId: string): Promise<void> =>
    attempt('rows left behind', () => subscriptions.removeConnection(connectionId));
  const disconnect = async (connectionId: string): Promise<void> => {
    // Without its rows nothing is sent any more, closed or not.
    await forget(connectionId);
    await attempt('connection left open', () => close(connectionId));
  };

  const close = async (connectionId: string): Promise<void> => {
    for (const delayMs of RETRY_DELAYS_MS) {
      const trouble = await connections.close(connectionId).catch(readTrouble);
      if (!trouble) return;
      await wait(random() * delayMs);
    }
    await connections.close(connectionId);
  };

  const tryToPost = async (connectionId: string, text: string): Promise<boolean> => {
    for (const delayMs of [...RETRY_DELAYS_MS, undefined]) {
      const trouble = await connections.post(connectionId, text).catch(readTrouble);
      if (!trouble) return true;
      if (isTooSlow(trouble) || delayMs === undefined) return false;
      await wait(random() * delayMs);
    }
    return false;
  };

  return {
    disconnect,
    post: (connectionId, text) =>
      take(async () => {
        try {
          if (await tryToPost(connectionId, text)) return 'POSTED';
        } catch (error) {
          if (!(error instanceof ConnectionGone)) throw error;
          await forget(connectionId);
          return 'GONE';
        }
        await disconnect(connectionId);
        return 'DROPPED';
      }),
  };
}

function readTrouble(error: unknown): PostFailed {
  if (error instanceof PostFailed) return error;
  throw error;
}

/** Whoever takes a frame so slowly would make everybody else wait for the next one. */
function isTooSlow({ cause }: PostFailed): boolean {
  return cause instanceof RequestFailed && cause.code === 'ETIMEDOUT';
}

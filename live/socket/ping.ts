import { epochSeconds } from '#domain/clock.ts';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { SubscriptionKey } from '#table/live/subscriptions.ts';
import type { SocketOptions } from './createSocket.ts';
import type { SocketAnswer } from './event.ts';
import { type Payload, writeMessage } from './protocol.ts';

/**
 * Answers with how far the logs of the watched pads are, so that a client notices when the last
 * thing it was sent got lost and nothing followed. Subscriptions whose token has expired end here.
 */
export async function answerPing(
  options: SocketOptions,
  connectionId: string,
): Promise<SocketAnswer> {
  const payload = await describeHeads(options, connectionId).catch((error: unknown) => {
    const what = describeUnexpected(error);
    options.log({ level: 'warn', message: 'pong without heads', error: what });
    return undefined;
  });
  return { statusCode: 200, body: writeMessage({ type: 'pong', ...(payload && { payload }) }) };
}

async function describeHeads(
  options: SocketOptions,
  connectionId: string,
): Promise<Payload | undefined> {
  const { subscriptions, changes, push, clock } = options;
  const watched = await subscriptions.listOfConnection(connectionId);
  if (watched.length === 0) return undefined;
  const connection = await subscriptions.connection(connectionId);
  if (connection && connection.tokenEndsAt <= epochSeconds(clock())) {
    await Promise.all(watched.map((one) => push.end(one, 'TOKEN_EXPIRED')));
    return undefined;
  }
  const heads = padsOf(watched).map(
    async (padId) => [padId, changeCursorOf(await changes.head(padId))] as const,
  );
  return { heads: Object.fromEntries(await Promise.all(heads)) };
}

function padsOf(watched: readonly SubscriptionKey[]): string[] {
  return [...new Set(watched.map(({ padId }) => padId))];
}

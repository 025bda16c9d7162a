import { epochSeconds } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { END_ERRORS } from '#live/push/endErrors.ts';
import type { Connection, SubscriptionKey } from '#table/live/subscriptions.ts';
import type { SocketOptions } from './createSocket.ts';
import type { SocketAnswer, SocketEvent } from './event.ts';
import { type Payload, writeMessage } from './protocol.ts';

/** The protocol leaves it to the server how long it waits for connection_init. */
const INITIALISED_WITHIN_MS = 60_000;

/**
 * Answers with how far the logs of the watched pads are, so that a client notices when the last
 * thing it was sent got lost and nothing followed.
 *
 * @throws UNAUTHENTICATED when the token has expired, whether or not there are rows left to end, or
 * when nobody knows the connection and it isn't new: it was never initialised, or it was given up
 * and couldn't be closed then. Its client comes back and resumes.
 */
export async function answerPing(
  options: SocketOptions,
  { connectionId, connectedAt }: SocketEvent['requestContext'],
): Promise<SocketAnswer> {
  const { subscriptions, clock, log } = options;
  try {
    const connection = await subscriptions.connection(connectionId);
    if (connection) return pong(await describeHeads(options, connection));
  } catch (error) {
    if (isRefusal(error)) throw error;
    log({ level: 'warn', message: 'pong without heads', error: describeUnexpected(error) });
    return pong();
  }
  if (connectedAt === undefined || clock() - connectedAt < INITIALISED_WITHIN_MS) return pong();
  throw new MemopadError('UNAUTHENTICATED', 'Expected connection_init within a minute.');
}

function pong(payload?: Payload): SocketAnswer {
  return { statusCode: 200, body: writeMessage({ type: 'pong', ...(payload && { payload }) }) };
}

async function describeHeads(
  options: SocketOptions,
  { connectionId, tokenEndsAt }: Connection,
): Promise<Payload | undefined> {
  const { subscriptions, changes, push, clock } = options;
  const watched = await subscriptions.listOfConnection(connectionId);
  if (tokenEndsAt <= epochSeconds(clock())) {
    await Promise.all(watched.map((one) => push.end(one, 'TOKEN_EXPIRED')));
    throw new MemopadError('UNAUTHENTICATED', END_ERRORS.TOKEN_EXPIRED.message);
  }
  if (watched.length === 0) return undefined;
  const heads = padsOf(watched).map(
    async (padId) => [padId, changeCursorOf(await changes.head(padId))] as const,
  );
  return { heads: Object.fromEntries(await Promise.all(heads)) };
}

/** Other trouble than the table's, after which the connection can't go on. */
function isRefusal(error: unknown): boolean {
  return error instanceof MemopadError && error.code !== 'RATE_LIMITED';
}

function padsOf(watched: readonly SubscriptionKey[]): string[] {
  return [...new Set(watched.map(({ padId }) => padId))];
}

import { epochSeconds } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import type { SocketOptions } from './createSocket.ts';
import type { SocketAnswer } from './event.ts';
import { type ConnectionInitMessage, writeMessage } from './protocol.ts';

/** A connection lasts two hours at most; ten minutes are for clocks and for what is on its way. */
const LONGEST_CONNECTION_SECONDS = 130 * 60;
/**
 * After its token a connection has no use but to be told so, at its next ping. Its own end, $disconnect,
 * may have been handled before this: then nobody else removes the row.
 */
const LONGER_THAN_TOKEN_SECONDS = 10 * 60;

/**
 * Learns whose connection it is. The token itself is kept nowhere.
 * @throws UNAUTHENTICATED for any token but a good one, BAD_USER_INPUT the second time
 */
export async function initialise(
  { subscriptions, verify, clock }: SocketOptions,
  connectionId: string,
  { payload }: ConnectionInitMessage,
): Promise<SocketAnswer> {
  const { viewer, endsAt: tokenEndsAt } = await verify(requireAuthorization(payload));
  const now = epochSeconds(clock());
  const forgetAt = Math.min(
    now + LONGEST_CONNECTION_SECONDS,
    tokenEndsAt + LONGER_THAN_TOKEN_SECONDS,
  );
  const connection = { connectionId, userId: viewer.userId, tokenEndsAt, forgetAt };
  if (!(await subscriptions.initialise(connection))) {
    throw new MemopadError('BAD_USER_INPUT', 'Expected one connection_init, got another.');
  }
  // Not the time when it ends: clients compare it to no clock of their own.
  const expiresInSeconds = tokenEndsAt - now;
  const body = writeMessage({ type: 'connection_ack', payload: { expiresInSeconds } });
  return { statusCode: 200, body };
}

function requireAuthorization(payload: ConnectionInitMessage['payload']): string {
  const authorization = payload?.authorization;
  if (typeof authorization === 'string') return authorization;
  throw new MemopadError(
    'UNAUTHENTICATED',
    'Expected connection_init with the payload {"authorization": "Bearer <access token>"}.',
  );
}

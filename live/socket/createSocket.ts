import type { Clock } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { Members } from '#domain/memo/authorize.ts';
import type { ChangeLog } from '#domain/memo/changeLog.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { VerifyLasting } from '#domain/viewer/accessToken.ts';
import type { Push, Replay } from '#live/push/push.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { complete } from './complete.ts';
import { connect } from './connect.ts';
import { initialise } from './connectionInit.ts';
import { DONE, type SocketAnswer, type SocketEvent } from './event.ts';
import { answerPing } from './ping.ts';
import type { ClientMessage } from './protocol.ts';
import { readMessage } from './readMessage.ts';
import { refuseConnection } from './refuse.ts';
import { subscribe } from './subscribe.ts';

export interface SocketOptions {
  readonly subscriptions: SubscriptionStore;
  readonly changes: ChangeLog;
  /** Who may watch a pad: its members. */
  readonly members: Members;
  /** Of access tokens alone. */
  readonly verify: VerifyLasting;
  readonly push: Push & Replay;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes a signal that aborts after so many milliseconds; AbortSignal.timeout when left out. */
  readonly startTimeout?: ((ms: number) => AbortSignal) | undefined;
}

export type Socket = (event: SocketEvent) => Promise<SocketAnswer>;

/**
 * The server's end of graphql-transport-ws, one call a message. It keeps nothing between them: all
 * that is known of a connection stands in the live table.
 */
export function createSocket(options: SocketOptions): Socket {
  return async (event) => {
    const { connectionId, routeKey } = event.requestContext;
    try {
      if (routeKey === '$connect') return connect(event);
      if (routeKey === '$disconnect') {
        await options.subscriptions.removeConnection(connectionId);
        return DONE;
      }
      return await takeMessage(options, event, readMessage(event));
    } catch (error) {
      return answerError(options, connectionId, error);
    }
  };
}

function takeMessage(
  options: SocketOptions,
  { requestContext }: SocketEvent,
  message: ClientMessage,
): Promise<SocketAnswer> {
  const { connectionId } = requestContext;
  switch (message.type) {
    case 'connection_init':
      return initialise(options, connectionId, message);
    case 'subscribe':
      return subscribe(options, connectionId, message);
    case 'complete':
      return complete(options, connectionId, message);
    case 'ping':
      return answerPing(options, requestContext);
    case 'pong':
      return Promise.resolve(DONE);
  }
}

/** A status other than 200 would have API Gateway send the client a frame that is none of the protocol's. */
function answerError(
  { push, log }: SocketOptions,
  connectionId: string,
  error: unknown,
): Promise<SocketAnswer> {
  if (error instanceof MemopadError) return refuseConnection(push, connectionId, error);
  log({ level: 'error', message: 'unexpected error', error: describeUnexpected(error) });
  const masked = new MemopadError('INTERNAL', 'Something went wrong on our side. Connect again.');
  return refuseConnection(push, connectionId, masked);
}

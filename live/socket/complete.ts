import type { SocketOptions } from './createSocket.ts';
import { DONE, type SocketAnswer } from './event.ts';
import type { CompleteMessage } from './protocol.ts';

/**
 * Ends a subscription as its client wishes. API Gateway may bring it before the `subscribe` that it
 * ends: then that one won't begin. One that comes when its connection has ended has nothing to do,
 * and leaves no mark that nobody would look for.
 */
export async function complete(
  { subscriptions }: SocketOptions,
  connectionId: string,
  { id: operationId }: CompleteMessage,
): Promise<SocketAnswer> {
  const isThere = await subscriptions.connection(connectionId);
  if (isThere) await subscriptions.complete({ connectionId, operationId });
  return DONE;
}

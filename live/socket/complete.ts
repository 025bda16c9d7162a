import type { SocketOptions } from './createSocket.ts';
import { DONE, type SocketAnswer } from './event.ts';
import type { CompleteMessage } from './protocol.ts';

/** Ends a subscription as its client wishes. API Gateway may bring it before the `subscribe` that it ends: then that one won't begin. */
export async function complete(
  { subscriptions }: SocketOptions,
  connectionId: string,
  { id: operationId }: CompleteMessage,
): Promise<SocketAnswer> {
  await subscriptions.complete({ connectionId, operationId });
  return DONE;
}

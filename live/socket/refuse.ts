import type { ErrorCode } from '#domain/errors.ts';
import type { Push } from '#live/push/push.ts';
import type { SocketAnswer } from './event.ts';
import { type ErrorPayload, writeMessage } from './protocol.ts';

/** No operation has it: it stands where a refusal is about the connection. */
export const CONNECTION_ERROR_ID = 'connection';

/**
 * Ends a connection. The protocol has a close code for each reason, but API Gateway closes with 1000
 * alone, after which graphql-ws connects again at once, without end. So an `error` goes first:
 * before the acknowledgement a client takes it for a bad response and closes by itself, for good.
 */
export async function refuseConnection(
  push: Pick<Push, 'post' | 'disconnect'>,
  connectionId: string,
  { code, message }: { readonly code: ErrorCode; readonly message: string },
): Promise<SocketAnswer> {
  const payload = [{ message, extensions: { code } }];
  const body = writeMessage({ type: 'error', id: CONNECTION_ERROR_ID, payload });
  const outcome = await push.post(connectionId, body);
  if (outcome === 'POSTED') await push.disconnect(connectionId);
  // Of a route that answers; it finds nobody any more, but an empty answer would be none of the protocol's.
  return { statusCode: 200, body };
}

/** Refuses one operation; the connection and its other operations go on. */
export async function refuseOperation(
  push: Pick<Push, 'post'>,
  { connectionId, operationId }: { readonly connectionId: string; readonly operationId: string },
  payload: readonly ErrorPayload[],
): Promise<void> {
  await push.post(connectionId, writeMessage({ type: 'error', id: operationId, payload }));
}

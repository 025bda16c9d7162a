import { epochSeconds } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import { padNotFound } from '#domain/memo/authorize.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { END_ERRORS } from '#live/push/endErrors.ts';
import { readSubscription, type WatchRequest } from '#live/push/readSubscription.ts';
import { refused, SubscriptionRefused } from '#live/push/refusal.ts';
import type { Connection, OperationKey, Subscription } from '#table/live/subscriptions.ts';
import { type BeginOptions, catchUp } from './catchUp.ts';
import type { SocketOptions } from './createSocket.ts';
import { DONE, type SocketAnswer } from './event.ts';
import { mayWatch } from './mayWatch.ts';
import type { ErrorPayload, SubscribeMessage } from './protocol.ts';
import { refuseConnection, refuseOperation } from './refuse.ts';
import { findStart, type Start } from './start.ts';
import { BEGIN_WITHIN_MS, withinTime } from './withinTime.ts';

/** Each may read a page of changes at every ping. */
const MAX_SUBSCRIPTIONS = 100;

/** Begins a subscription: it is brought up to date and goes live. What is wrong with it is told under its id; the connection goes on. */
export async function subscribe(
  options: SocketOptions,
  connectionId: string,
  { id: operationId, payload }: SubscribeMessage,
): Promise<SocketAnswer> {
  const operation = { connectionId, operationId };
  const { startTimeout = (ms: number) => AbortSignal.timeout(ms) } = options;
  const signal = startTimeout(BEGIN_WITHIN_MS);
  const connection = await options.subscriptions.connection(connectionId);
  if (!connection) {
    throw new MemopadError('UNAUTHENTICATED', 'Expected connection_init before subscribe.');
  }
  const { length: count } = await options.subscriptions.listOfConnection(connectionId);
  try {
    const request = checkRequest(options, connection, count, () => readSubscription(payload));
    return await begin({ ...options, signal }, connection, operation, request);
  } catch (error) {
    await refuseOperation(options.push, operation, describeErrors(options, error));
    return DONE;
  }
}

function checkRequest(
  { clock }: SocketOptions,
  { tokenEndsAt }: Connection,
  count: number,
  read: () => WatchRequest,
): WatchRequest {
  if (tokenEndsAt <= epochSeconds(clock())) {
    throw new SubscriptionRefused([END_ERRORS.TOKEN_EXPIRED]);
  }
  const request = read();
  if (count < MAX_SUBSCRIPTIONS) return request;
  throw refused(`Expected at most ${MAX_SUBSCRIPTIONS} subscriptions on a connection.`);
}

/**
 * Where it starts is read before the membership is: what ends the membership after that is in the
 * log behind the start, where it is noticed, by the replay or by a drain.
 */
async function begin(
  options: BeginOptions,
  { userId, tokenEndsAt }: Connection,
  operation: OperationKey,
  { padId, since, document }: WatchRequest,
): Promise<SocketAnswer> {
  const { subscriptions, changes, members, push, signal } = options;
  const start = await findStart(changes, padId, since);
  if (!(await mayWatch(members, userId, padId))) throw padNotFound();
  if (!(await subscriptions.document(document.hash))) {
    await withinTime(signal, () => push.tryOut(document, padId, start.from));
  }
  await subscriptions.keepDocument(document);
  const subscription = {
    ...operation,
    padId,
    documentHash: document.hash,
    expiresAt: tokenEndsAt,
  };
  const outcome = await subscriptions.startCatchingUp(subscription);
  if (outcome === 'COMPLETED') return DONE;
  if (outcome === 'DUPLICATE') return refuseDuplicate(options, operation);
  await catchUpOrRemove(options, subscription, userId, start);
  return DONE;
}

/** An `error` under the id would end the client's other subscription of it, and ours would go on. */
function refuseDuplicate(
  { push }: SocketOptions,
  { connectionId, operationId }: OperationKey,
): Promise<SocketAnswer> {
  const message = `Expected an id that no other subscription of the connection has, got ${JSON.stringify(operationId)} again.`;
  return refuseConnection(push, connectionId, { code: 'BAD_USER_INPUT', message });
}

/** One that can't be removed might be live: without its connection nothing of it reaches anybody. */
async function catchUpOrRemove(
  options: BeginOptions,
  subscription: Subscription,
  userId: string,
  start: Start,
): Promise<void> {
  const { subscriptions, push } = options;
  try {
    await catchUp(options, subscription, userId, start);
  } catch (error) {
    await subscriptions
      .remove(subscription)
      .catch(() => push.disconnect(subscription.connectionId));
    throw error;
  }
}

/** What is tried again by clients is INTERNAL and RATE_LIMITED; the rest is final. */
function describeErrors({ log }: SocketOptions, error: unknown): readonly ErrorPayload[] {
  if (error instanceof SubscriptionRefused) return error.errors;
  if (error instanceof MemopadError) {
    const { message, code, details } = error;
    return [{ message, extensions: { code, ...details } }];
  }
  log({ level: 'error', message: 'unexpected error', error: describeUnexpected(error) });
  const message = 'The subscription could not begin, for a reason on our side. Try again.';
  return [{ message, extensions: { code: 'INTERNAL' } }];
}

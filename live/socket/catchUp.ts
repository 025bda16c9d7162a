import type { LogPosition } from '#domain/memo/changeLog.ts';
import type { Subscription } from '#table/live/subscriptions.ts';
import type { SocketOptions } from './createSocket.ts';
import { createReplayer, type Replayer } from './replayer.ts';
import type { Start } from './start.ts';

export interface BeginOptions extends SocketOptions {
  /** Aborts when the subscription has taken too long to begin. */
  readonly signal: AbortSignal;
}

/** After so many changes that came in just when it was about to go live. */
const MAX_TRIES = 5;

/**
 * Brings a subscription from its start to the end of the log and hands it over to the drains, so
 * that each change has exactly one sender. The row says `catching up` until then, and drains pass it
 * by. It goes live only if the next change isn't there yet, which one transaction sees to: whichever
 * comes first, the change or the hand-over, the other one knows of it.
 * @throws what running the document throws, SubscriptionRefused when it took too long
 */
export async function catchUp(
  options: BeginOptions,
  subscription: Subscription,
  userId: string,
  start: Start,
): Promise<void> {
  const { subscriptions, push } = options;
  const replay = createReplayer(options, subscription, userId, start);
  let at = start.reset ? await replay.reset(start.from) : start.from;
  for (let tries = 1; at; tries += 1) {
    at = await replay.toEnd(at);
    if (!at) return;
    if (tries > MAX_TRIES) return goLiveAnyway(options, subscription, at, replay);
    const outcome = await subscriptions.goLive(subscription, at.seq + 1);
    if (outcome === 'GONE') return;
    if (outcome === 'LIVE') {
      await push.tellCaughtUp(subscription, at);
      return;
    }
  }
}

/** For a log that never stands still: what is there now may be sent twice, by a drain too, but is not left out. */
async function goLiveAnyway(
  { subscriptions, push }: SocketOptions,
  subscription: Subscription,
  from: LogPosition,
  replay: Replayer,
): Promise<void> {
  const outcome = await subscriptions.goLiveWithOverlap(subscription, from.seq + 1);
  if (outcome === 'GONE') return;
  const at = await replay.toEndOfNow(from);
  if (at) await push.tellCaughtUp(subscription, at);
}

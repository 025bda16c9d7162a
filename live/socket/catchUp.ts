import type { LoggedChange, LogPosition } from '#domain/memo/changeLog.ts';
import type { Subscription } from '#table/live/subscriptions.ts';
import type { SocketOptions } from './createSocket.ts';
import { mayWatch } from './mayWatch.ts';
import type { Start } from './start.ts';

/** As many as one run tells at most. */
const PAGE = 50;
/** After so many changes that came in just when it was about to go live. */
const MAX_TRIES = 5;
const REPLAY_CAP_BYTES = 1_000_000;
/** The function ends after 28 seconds; what takes so long is read faster as a list. */
const REPLAY_CAP_MS = 15_000;

/**
 * Brings a subscription from its start to the end of the log and hands it over to the drains, so
 * that each change has exactly one sender. The row says `catching up` until then, and drains pass it
 * by. It goes live only if the next change isn't there yet, which one transaction sees to: whichever
 * comes first, the change or the hand-over, the other one knows of it.
 * @throws what running the document throws
 */
export async function catchUp(
  options: SocketOptions,
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
  const at = await replay.toEnd(from);
  if (at) await push.tellCaughtUp(subscription, at);
}

/** Undefined stands for a subscription that is over. */
type Reached = LogPosition | undefined;

interface Replayer {
  /** Sends everything behind a position, as far as the log goes. */
  toEnd(from: LogPosition): Promise<Reached>;
  /** Gives up what is behind a position, and goes on from the log's end. */
  reset(from: LogPosition): Promise<Reached>;
}

function createReplayer(
  { changes, members, push, clock }: SocketOptions,
  subscription: Subscription,
  userId: string,
  { head }: Start,
): Replayer {
  const { padId } = subscription;
  let startedAtMs = clock();
  let bytes = 0;
  const isTooMuch = (): boolean =>
    bytes > REPLAY_CAP_BYTES || clock() - startedAtMs > REPLAY_CAP_MS;

  const reset = async (from: LogPosition): Promise<Reached> => {
    const to = await changes.head(padId);
    [bytes, startedAtMs] = [0, clock()];
    const outcome = await push.tellReset(subscription, { from, to });
    return outcome === 'POSTED' ? to : undefined;
  };

  const sendPage = async (from: LogPosition, page: readonly LoggedChange[]): Promise<Reached> => {
    const isLeaving = page.some(({ leftUserId }) => leftUserId === userId);
    if (isLeaving && !(await mayWatch(members, userId, padId))) {
      await push.end(subscription, 'MEMBERSHIP_LOST');
      return undefined;
    }
    const sent = await push.replay(subscription, { from, toSeq: from.seq + page.length });
    bytes += sent.bytes;
    return sent.outcome === 'POSTED' ? sent.to : undefined;
  };

  const isAtEnd = (page: readonly LoggedChange[], at: LogPosition): boolean =>
    page.length === 0 && at.seq >= head.seq;

  return {
    reset,
    async toEnd(from) {
      let at: Reached = from;
      while (at) {
        const page: readonly LoggedChange[] = await changes.read(padId, at.seq, PAGE);
        if (isAtEnd(page, at)) return at;
        const canTell: boolean = follows(page[0], at) && !isTooMuch();
        at = canTell ? await sendPage(at, page) : await reset(at);
      }
      return at;
    },
  };
}

/** Whether it is the very next change: older ones are gone after some days, and a lost log has another epoch. */
function follows(change: LoggedChange | undefined, { epoch, seq }: LogPosition): boolean {
  return change?.seq === seq + 1 && (seq === 0 || change.epoch === epoch);
}

import type { LoggedChange, LogPosition } from '#domain/memo/changeLog.ts';
import type { Subscription } from '#table/live/subscriptions.ts';
import type { SocketOptions } from './createSocket.ts';
import { mayWatch } from './mayWatch.ts';
import type { Start } from './start.ts';

/** As many as one run tells at most. */
const PAGE = 50;
const REPLAY_CAP_BYTES = 1_000_000;
/** The function ends after 28 seconds; what takes so long is read faster as a list. */
const REPLAY_CAP_MS = 15_000;

/** Undefined stands for a subscription that is over. */
export type Reached = LogPosition | undefined;

export interface Replayer {
  /** Sends everything behind a position, until there is nothing more. */
  toEnd(from: LogPosition): Promise<Reached>;
  /** Sends everything behind a position that is there by now. */
  toEndOfNow(from: LogPosition): Promise<Reached>;
  /** Gives up what is behind a position, and goes on from the log's end. */
  reset(from: LogPosition): Promise<Reached>;
}

export function createReplayer(
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

  const step = async (from: LogPosition): Promise<Step> => {
    const page = await changes.read(padId, from.seq, PAGE);
    if (isAtEnd(page, from)) return { at: from, left: 'NOTHING' };
    if (!follows(page[0], from) || isTooMuch()) return { at: await reset(from), left: 'MORE' };
    const left = page.length < PAGE ? 'LATER_ONES' : 'MORE';
    return { at: await sendPage(from, page), left };
  };

  const sendUntil = async (from: LogPosition, ...enough: Step['left'][]): Promise<Reached> => {
    let { at, left } = await step(from);
    while (at && !enough.includes(left)) ({ at, left } = await step(at));
    return at;
  };

  return {
    reset,
    toEnd: (from) => sendUntil(from, 'NOTHING'),
    toEndOfNow: (from) => sendUntil(from, 'NOTHING', 'LATER_ONES'),
  };
}

/** How far it came, and what may be behind that: nothing yet, what came in after the step began, or more. */
interface Step {
  readonly at: Reached;
  readonly left: 'NOTHING' | 'LATER_ONES' | 'MORE';
}

/** Whether it is the very next change: older ones are gone after some days, and a lost log has another epoch. */
function follows(change: LoggedChange | undefined, { epoch, seq }: LogPosition): boolean {
  return change?.seq === seq + 1 && (seq === 0 || change.epoch === epoch);
}

import type { LoggedChange, LogPosition } from '#domain/memo/changeLog.ts';
import type { Subscription } from '#table/live/subscriptions.ts';
import type { BeginOptions } from './catchUp.ts';
import { mayWatch } from './mayWatch.ts';
import type { Start } from './start.ts';
import { requireTime, withinTime } from './withinTime.ts';

/** As many as one run tells at most. */
const PAGE = 50;
const REPLAY_CAP_BYTES = 1_000_000;
/** What takes so long is read faster as a list. */
const REPLAY_CAP_MS = 15_000;

/** Undefined stands for a subscription that is over. */
export type Reached = LogPosition | undefined;

export interface Replayer {
  /** Sends everything behind a position, until there is nothing more. */
  toEnd(from: LogPosition): Promise<Reached>;
  /** Sends everything behind a position that is there by now. */
  toEndOfNow(from: LogPosition): Promise<Reached>;
  /** Gives up what is behind a position that can't be gone on from, and goes on from where the log ended at the start. */
  reset(from: LogPosition): Promise<Reached>;
}

export function createReplayer(
  options: BeginOptions,
  subscription: Subscription,
  userId: string,
  { head }: Start,
): Replayer {
  const { changes, signal } = options;
  const { sendPage, resetTo, jump, isTooMuch } = createSender(options, subscription, userId);

  const isAtEnd = (page: readonly LoggedChange[], at: LogPosition): boolean =>
    page.length === 0 && at.seq >= head.seq;

  const step = async (from: LogPosition): Promise<Step> => {
    requireTime(signal);
    const page = await changes.read(subscription.padId, from.seq, PAGE);
    if (isAtEnd(page, from)) return { at: from, left: 'NOTHING' };
    if (!follows(page[0], from) || isTooMuch()) return { at: await jump(from), left: 'MORE' };
    const at = await sendPage(from, page);
    // A run may tell less than it was asked for.
    const isLast = page.length < PAGE && at?.seq === from.seq + page.length;
    return { at, left: isLast ? 'LATER_ONES' : 'MORE' };
  };

  const sendUntil = async (from: LogPosition, ...enough: Step['left'][]): Promise<Reached> => {
    let { at, left } = await step(from);
    while (at && !enough.includes(left)) ({ at, left } = await step(at));
    return at;
  };

  return {
    reset: (from) => resetTo(from, head),
    toEnd: (from) => sendUntil(from, 'NOTHING'),
    toEndOfNow: (from) => sendUntil(from, 'NOTHING', 'LATER_ONES'),
  };
}

/** What a subscription that is catching up is sent, as long as its user is a member. */
function createSender(
  { changes, members, push, clock, signal }: BeginOptions,
  subscription: Subscription,
  userId: string,
) {
  const { padId } = subscription;
  let startedAtMs = clock();
  let bytes = 0;

  const resetTo = async (from: LogPosition, to: LogPosition): Promise<Reached> => {
    [bytes, startedAtMs] = [0, clock()];
    const outcome = await push.tellReset(subscription, { from, to });
    return outcome === 'POSTED' ? to : undefined;
  };

  const isMemberOrEnded = async (): Promise<boolean> => {
    const isMember = await mayWatch(members, userId, padId);
    if (!isMember) await push.end(subscription, 'MEMBERSHIP_LOST');
    return isMember;
  };

  /** What it passes over may be the end of the membership, so that this is read again, after the log's end was. */
  const jump = async (from: LogPosition): Promise<Reached> => {
    const to = await changes.head(padId);
    return (await isMemberOrEnded()) ? resetTo(from, to) : undefined;
  };

  const sendPage = async (from: LogPosition, page: readonly LoggedChange[]): Promise<Reached> => {
    const isLeaving = page.some(({ leftUserId }) => leftUserId === userId);
    if (isLeaving && !(await isMemberOrEnded())) return undefined;
    const stretch = { from, toSeq: from.seq + page.length };
    const sent = await withinTime(signal, () => push.replay(subscription, stretch, signal));
    if (sent.outcome === 'RESET') return jump(from);
    bytes += sent.bytes;
    return sent.outcome === 'POSTED' ? sent.to : undefined;
  };

  const isTooMuch = (): boolean =>
    bytes > REPLAY_CAP_BYTES || clock() - startedAtMs > REPLAY_CAP_MS;
  return { sendPage, resetTo, jump, isTooMuch };
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

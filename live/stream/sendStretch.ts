import type { LoggedChange, LogPosition } from '#domain/memo/changeLog.ts';
import { limitInFlight } from '#live/push/inFlight.ts';
import type { EndReason, Push } from '#live/push/push.ts';
import type { LiveSubscription, SubscriptionStore } from '#table/live/subscriptions.ts';
import { deliverGroups, type FailedGroup, MAX_IN_FLIGHT } from './deliverGroups.ts';
import { groupWatchers } from './groupWatchers.ts';
import { partCrowd } from './partCrowd.ts';
import { partWatchers } from './partWatchers.ts';
import type { IsOver } from './within.ts';

/** Consecutive changes of a pad, at least one. */
export interface PadStretch {
  readonly padId: string;
  readonly changes: readonly LoggedChange[];
  /** Groups that were not sent what comes before: this is not for them. */
  readonly without: readonly FailedGroup[];
}

export interface SentStretch {
  readonly failed: readonly FailedGroup[];
  /** Whether at least one group was sent to. */
  readonly isAnybodyServed: boolean;
  /** Whether there are watchers who begin behind the stretch. */
  readonly areLaterOnes: boolean;
}

interface Means {
  readonly subscriptions: SubscriptionStore;
  readonly push: Push;
}

/**
 * Sends changes to all who are to have them. Who that is is read after the changes were: a
 * subscription that goes live makes sure that the next change isn't there, so that it is found here
 * by whoever reads that change.
 * @throws when somebody could not be kept from getting more, after the others were sent to
 */
export async function sendStretch(
  { padId, changes, without }: PadStretch,
  { subscriptions, push }: Means,
  isOver: IsOver,
): Promise<SentStretch> {
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last) throw new Error('Expected changes to send.');
  const live = await subscriptions.listLive(padId);
  const passedBy = new Set(without.flatMap(({ group }) => group.watchers.map(nameOf)));
  const awaiting = live.filter(
    (watcher) => watcher.fromSeq <= last.seq && !passedBy.has(nameOf(watcher)),
  );
  const { staying, left } = await partWatchers(awaiting, changes, subscriptions);
  const { within, beyond } = await partCrowd(staying, subscriptions);
  const groups = groupWatchers(within);
  const endings = settle([
    endAll(push, left, 'MEMBERSHIP_LOST'),
    endAll(push, beyond, 'TOO_MANY_DOCUMENTS'),
  ]);
  const failed = await deliverGroups(
    groups,
    ({ documentHash, watchers }) =>
      push.deliver(
        { padId, documentHash },
        { from: startOf(watchers, first), toSeq: last.seq },
        watchers,
      ),
    isOver,
  );
  for (const error of await endings) throw error;
  return {
    failed,
    isAnybodyServed: failed.length < groups.length,
    areLaterOnes: live.some(({ fromSeq }) => fromSeq > last.seq),
  };
}

function nameOf({ connectionId, operationId }: LiveSubscription): string {
  return `${connectionId}#${operationId}`;
}

async function endAll(
  push: Push,
  watchers: readonly LiveSubscription[],
  reason: EndReason,
): Promise<void> {
  const take = limitInFlight(MAX_IN_FLIGHT);
  const errors = await settle(watchers.map((watcher) => take(() => push.end(watcher, reason))));
  for (const error of errors) throw error;
}

/** Where a group's changes begin: with the first that one of them has not got. */
function startOf(watchers: readonly LiveSubscription[], { epoch, seq }: LoggedChange): LogPosition {
  const earliest = Math.min(...watchers.map(({ fromSeq }) => fromSeq));
  return { epoch, seq: Math.max(seq, earliest) - 1 };
}

/** Waits for all, and gives what went wrong. */
async function settle(runs: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(runs);
  return settled.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
}

import type { ChangeLog, LoggedChange, LogPosition } from '#domain/memo/changeLog.ts';
import type { Push } from '#live/push/push.ts';
import type { ChangeLogWrites } from '#table/live/changeLogStore.ts';
import type { LiveSubscription, SubscriptionStore } from '#table/live/subscriptions.ts';
import { groupWatchers } from './groupWatchers.ts';
import { partWatchers } from './partWatchers.ts';

export interface DrainOptions {
  readonly changes: ChangeLog & ChangeLogWrites;
  readonly subscriptions: SubscriptionStore;
  readonly push: Push;
}

/**
 * Sends a pad's watchers what its log holds behind what they were sent: it looks at what there is,
 * not at what it was called for, so it may be called at any time and any number of times.
 * `known` spares reading the log when it holds all of that.
 *
 * @throws what kept it from sending; nothing is lost, drain again
 */
export type Drain = (padId: string, known?: readonly LoggedChange[]) => Promise<void>;

const READ_AT_ONCE = 100;

export function createDrain(options: DrainOptions): Drain {
  const { changes } = options;
  return async (padId, known = []) => {
    let { pushed } = await changes.storedHead(padId);
    for (;;) {
      const next = behind(pushed, known) ?? (await changes.read(padId, pushed, READ_AT_ONCE));
      const last = next.at(-1);
      if (!last) return;
      await sendAll(padId, next, options);
      await changes.markPushed(padId, last.seq);
      pushed = last.seq;
      if (known.at(-1)?.seq === pushed || next.length < READ_AT_ONCE) return;
    }
  };
}

/** What is known from there on, if it joins. */
function behind(pushed: number, known: readonly LoggedChange[]): readonly LoggedChange[] | null {
  const next = known.filter(({ seq }) => seq > pushed);
  const joins = next.every(({ seq }, index) => seq === pushed + 1 + index);
  return next.length > 0 && joins ? next : null;
}

/**
 * Who gets them is read after the changes were: a subscription that goes live makes sure that the
 * next change isn't there, so that it is found here by whoever reads that change.
 */
async function sendAll(
  padId: string,
  changes: readonly LoggedChange[],
  { subscriptions, push }: DrainOptions,
): Promise<void> {
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last) return;
  const live = await subscriptions.listLive(padId);
  const awaiting = live.filter(({ fromSeq }) => fromSeq <= last.seq);
  const { staying, left } = await partWatchers(awaiting, changes, subscriptions);
  const endings = left.map((watcher) => push.end(watcher, 'MEMBERSHIP_LOST'));
  const groups = groupWatchers(staying).map(({ documentHash, watchers }) =>
    push.deliver(
      { padId, documentHash },
      { from: startOf(watchers, first), toSeq: last.seq },
      watchers,
    ),
  );
  await settleAll([...endings, ...groups]);
}

/** Where a group's changes begin: with the first that one of them has not got. */
function startOf(watchers: readonly LiveSubscription[], { epoch, seq }: LoggedChange): LogPosition {
  const earliest = Math.min(...watchers.map(({ fromSeq }) => fromSeq));
  return { epoch, seq: Math.max(seq, earliest) - 1 };
}

/** Trouble with one group keeps none of the others from being sent to. */
async function settleAll(runs: readonly Promise<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(runs);
  for (const run of settled) if (run.status === 'rejected') throw run.reason;
}

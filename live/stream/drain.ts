import type { Log } from '#domain/log.ts';
import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { limitInFlight } from '#live/push/inFlight.ts';
import type { Push } from '#live/push/push.ts';
import type { ChangeLogWrites } from '#table/live/changeLogStore.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { type FailedGroup, MAX_IN_FLIGHT } from './deliverGroups.ts';
import { pagesBehind } from './pagesBehind.ts';
import { type PadStretch, type SentStretch, sendStretch } from './sendStretch.ts';
import { type IsOver, TookTooLong } from './within.ts';

export interface DrainOptions {
  readonly changes: ChangeLog & ChangeLogWrites;
  readonly subscriptions: SubscriptionStore;
  readonly push: Push;
  readonly report?: Log | undefined;
}

/**
 * Sends a pad's watchers what its log holds behind what they were sent: it looks at what there is,
 * not at what it was called for, so it may be called at any time and any number of times.
 * `known` spares reading the log when it holds all of that; once the time is over nothing new begins.
 *
 * A group of watchers that can't be sent to while others can loses its connections: its clients come
 * back and go on by their cursors, and the others' changes don't wait for them.
 *
 * @throws what kept it from sending; nothing is lost, drain again
 */
export type Drain = (
  padId: string,
  known?: readonly LoggedChange[],
  isOver?: IsOver,
) => Promise<void>;

export function createDrain(options: DrainOptions): Drain {
  const { changes } = options;
  return async (padId, known = [], isOver = never) => {
    const { pushed } = await changes.storedHead(padId);
    let failed: readonly FailedGroup[] = [];
    for await (const page of pagesBehind(pushed, padId, known, changes)) {
      const sent = await sendPage({ padId, changes: page, without: failed }, options, isOver);
      failed = sent.failed;
      // By those who begin later it shows whose trouble it is.
      if (failed.length > 0 && !sent.areLaterOnes) break;
    }
    for (const { error } of failed) throw error;
  };
}

const never = (): boolean => false;

/** Sends a page, and gives all groups that were sent neither it nor what was before. */
async function sendPage(
  page: PadStretch,
  options: DrainOptions,
  isOver: IsOver,
): Promise<SentStretch> {
  const { padId, changes, without } = page;
  const sent = await sendStretch(page, options, isOver);
  const failed = [...without, ...sent.failed];
  if (failed.length > 0 && !sent.isAnybodyServed) return { ...sent, failed };
  // Whoever waited for this drain has asked another one, which may serve them.
  if (failed.length > 0 && isOver()) throw new TookTooLong('Expected to send in time.');
  await giveUp(padId, failed, options);
  const last = changes.at(-1);
  if (last) await options.changes.markPushed(padId, last.seq);
  return { ...sent, failed: [] };
}

/** Disconnects the watchers of these groups. */
async function giveUp(
  padId: string,
  failed: readonly FailedGroup[],
  { push, report }: DrainOptions,
): Promise<void> {
  for (const { group, error } of failed) {
    const { documentHash } = group;
    const described = { padId, documentHash, error: describeUnexpected(error) };
    report?.({ level: 'warn', message: 'watchers disconnected', ...described });
  }
  const watchers = failed.flatMap(({ group }) => group.watchers);
  const connectionIds = [...new Set(watchers.map(({ connectionId }) => connectionId))];
  const take = limitInFlight(MAX_IN_FLIGHT);
  await Promise.all(connectionIds.map((connectionId) => take(() => push.disconnect(connectionId))));
}

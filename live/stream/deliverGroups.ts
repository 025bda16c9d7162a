import { limitInFlight } from '#live/push/inFlight.ts';
import type { GroupOfWatchers } from './groupWatchers.ts';
import { type IsOver, TookTooLong } from './within.ts';

/** A group that could not be sent to, and why. */
export interface FailedGroup {
  readonly group: GroupOfWatchers;
  readonly error: unknown;
}

/** So that nobody's many documents take the gateway from everybody else. */
export const MAX_IN_FLIGHT = 10;
const TRIES = 2;

/**
 * Sends to groups, some at a time, and gives those it did not get to. While others go well such a
 * group is tried again; when none does there is nothing to be had by it.
 * @throws TookTooLong when the time is over before all have begun
 */
export async function deliverGroups(
  groups: readonly GroupOfWatchers[],
  deliver: (group: GroupOfWatchers) => Promise<void>,
  isOver: IsOver,
): Promise<readonly FailedGroup[]> {
  const take = limitInFlight(MAX_IN_FLIGHT);
  const attempt = async (group: GroupOfWatchers): Promise<FailedGroup[]> => {
    if (isOver()) throw new TookTooLong('Expected to send to all groups in time.');
    try {
      await deliver(group);
      return [];
    } catch (error) {
      return [{ group, error }];
    }
  };
  const attemptAll = async (some: readonly GroupOfWatchers[]): Promise<FailedGroup[]> =>
    (await Promise.all(some.map((group) => take(() => attempt(group))))).flat();
  let failed = await attemptAll(groups);
  for (let tries = 1; tries < TRIES && failed.length < groups.length; tries += 1) {
    failed = await attemptAll(failed.map(({ group }) => group));
  }
  return failed;
}

import type { LoggedChange } from '#domain/memo/changeLog.ts';
import type { LiveSubscription, SubscriptionStore } from '#table/live/subscriptions.ts';

export interface PartedWatchers {
  readonly staying: readonly LiveSubscription[];
  readonly left: readonly LiveSubscription[];
}

/**
 * Tells who may still get the changes. Whoever is no longer a member gets nothing of them, not even
 * what came before leaving: memos are shown as they are now.
 */
export async function partWatchers(
  watchers: readonly LiveSubscription[],
  changes: readonly LoggedChange[],
  subscriptions: Pick<SubscriptionStore, 'usersOf'>,
): Promise<PartedWatchers> {
  const leaves = changes.filter(({ leftUserId }) => leftUserId !== null);
  if (leaves.length === 0) return { staying: watchers, left: [] };
  // Members hardly ever leave, so that a watcher's own row doesn't say whose it is.
  const users = await subscriptions.usersOf(watchers.map(({ connectionId }) => connectionId));
  const hasLeft = ({ connectionId, fromSeq }: LiveSubscription): boolean => {
    const user = users.get(connectionId);
    // Whoever left, came back and began to watch after that stays; a connection nobody knows doesn't.
    return !user || leaves.some(({ leftUserId, seq }) => leftUserId === user && seq >= fromSeq);
  };
  return {
    staying: watchers.filter((watcher) => !hasLeft(watcher)),
    left: watchers.filter(hasLeft),
  };
}

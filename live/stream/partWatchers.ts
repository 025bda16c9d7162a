import type { LoggedChange } from '#domain/memo/changeLog.ts';
import type { EndReason } from '#live/push/push.ts';
import type { LiveSubscription, SubscriptionStore } from '#table/live/subscriptions.ts';

export interface PartedWatchers {
  readonly staying: readonly LiveSubscription[];
  readonly ending: readonly (readonly [LiveSubscription, EndReason])[];
}

/**
 * Tells who may get the changes: nobody whose token has ended, and nobody who is no longer a member.
 * Who left gets nothing of them, not even what came before: memos are shown as they are now.
 * @param now seconds since 1970
 */
export async function partWatchers(
  watchers: readonly LiveSubscription[],
  changes: readonly LoggedChange[],
  { subscriptions, now }: { readonly subscriptions: SubscriptionStore; readonly now: number },
): Promise<PartedWatchers> {
  const hasLeft = await whoLeft(watchers, changes, subscriptions);
  const staying: LiveSubscription[] = [];
  const ending: [LiveSubscription, EndReason][] = [];
  for (const watcher of watchers) {
    if (watcher.expiresAt <= now) ending.push([watcher, 'TOKEN_EXPIRED']);
    else if (hasLeft(watcher)) ending.push([watcher, 'MEMBERSHIP_LOST']);
    else staying.push(watcher);
  }
  return { staying, ending };
}

/** Members hardly ever leave, so that a watcher's row doesn't say whose it is. */
async function whoLeft(
  watchers: readonly LiveSubscription[],
  changes: readonly LoggedChange[],
  subscriptions: SubscriptionStore,
): Promise<(watcher: LiveSubscription) => boolean> {
  const leaves = changes.filter(({ leftUserId }) => leftUserId !== null);
  if (leaves.length === 0) return () => false;
  const users = await subscriptions.usersOf(watchers.map(({ connectionId }) => connectionId));
  return ({ connectionId, fromSeq }) => {
    const user = users.get(connectionId);
    // Whoever came back and began to watch after leaving stays. A connection that is gone gets nothing.
    return !user || leaves.some(({ leftUserId, seq }) => leftUserId === user && seq >= fromSeq);
  };
}

import type { LiveSubscription } from '#table/live/subscriptions.ts';

/** Watchers who select the same: what they select is run once for all of them. */
export interface GroupOfWatchers {
  readonly documentHash: string;
  readonly watchers: readonly LiveSubscription[];
}

export function groupWatchers(watchers: readonly LiveSubscription[]): GroupOfWatchers[] {
  const groups = new Map<string, LiveSubscription[]>();
  for (const watcher of watchers) {
    const group = groups.get(watcher.documentHash);
    if (group) group.push(watcher);
    else groups.set(watcher.documentHash, [watcher]);
  }
  return [...groups].map(([documentHash, ofGroup]) => ({ documentHash, watchers: ofGroup }));
}

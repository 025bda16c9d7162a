import type { LiveSubscription, SubscriptionStore } from '#table/live/subscriptions.ts';

export interface PartedCrowd {
  readonly within: readonly LiveSubscription[];
  /** Whose documents are more than one user may have run at every change of a pad. */
  readonly beyond: readonly LiveSubscription[];
}

/** Each is a run of the gateway at every change. So many of a pad are nobody's harm, whoever's they are. */
export const MAX_DOCUMENTS = 100;
/** Of one user, when a pad has more than that. */
export const MAX_DOCUMENTS_OF_USER = 20;

/**
 * Tells who watches a pad with more different documents than are good for the others. Only when there
 * are very many is it looked up whose they are: a watcher's own row doesn't say.
 */
export async function partCrowd(
  watchers: readonly LiveSubscription[],
  subscriptions: Pick<SubscriptionStore, 'usersOf'>,
): Promise<PartedCrowd> {
  const documents = new Set(watchers.map(({ documentHash }) => documentHash));
  if (documents.size <= MAX_DOCUMENTS) return { within: watchers, beyond: [] };
  const users = await subscriptions.usersOf(watchers.map(({ connectionId }) => connectionId));
  const ofUsers = new Map<string, Set<string>>();
  // Who came first stays.
  const inOrder = [...watchers].sort((one, other) => one.fromSeq - other.fromSeq);
  const beyond = inOrder.filter(({ connectionId, documentHash }) => {
    const user = users.get(connectionId) ?? connectionId;
    const known = ofUsers.get(user) ?? new Set();
    ofUsers.set(user, known);
    if (known.size < MAX_DOCUMENTS_OF_USER) known.add(documentHash);
    return !known.has(documentHash);
  });
  const ending = new Set(beyond);
  return { within: watchers.filter((watcher) => !ending.has(watcher)), beyond };
}

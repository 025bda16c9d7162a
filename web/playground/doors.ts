import type { AppSyncPlace } from './serviceConfig.ts';

/** The ways into the API that this page knows. */
export type DoorName = 'federated' | 'appsync';

/** Which door the page asks; everybody who is signed in is so at both. */
export interface Doors {
  /** Those this Memopad has. The federated one is beside the page. */
  readonly open: Promise<readonly DoorName[]>;
  current(): DoorName;
  choose(door: DoorName): void;
  /** Calls the listener after every choice, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** @param appsync where the AppSync door is; null when there is none */
export function createDoors(appsync: Promise<AppSyncPlace | null>): Doors {
  const listeners = new Set<() => void>();
  let current: DoorName = 'federated';
  return {
    open: appsync.then((place) => (place ? ['federated', 'appsync'] : ['federated'])),
    current: () => current,
    choose(door) {
      current = door;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

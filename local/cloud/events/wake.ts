/** Tells whoever reads a table's stream that there may be something new, so that nobody has to poll. */
export interface Wake {
  /** What the proxy and the sweep call after a write. */
  ring(tableName: string): void;
  /** @returns what ends the listening */
  listen(tableName: string, listener: () => void): () => void;
}

export function createWake(): Wake {
  const listeners = new Map<string, Set<() => void>>();
  return {
    ring(tableName) {
      for (const listener of listeners.get(tableName) ?? []) listener();
    },
    listen(tableName, listener) {
      const ofTable = listeners.get(tableName) ?? new Set();
      listeners.set(tableName, ofTable.add(listener));
      return () => ofTable.delete(listener);
    },
  };
}

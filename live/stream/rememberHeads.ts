import type { Clock } from '#domain/clock.ts';
import type { ChangeLogWrites, StoredHead } from '#table/live/changeLogStore.ts';

/** Long before a change is no longer told, so that what is behind a remembered head can still be read. */
const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 1_000;

interface Remembered {
  readonly head: StoredHead;
  readonly atMs: number;
}

/**
 * Spares a sequencer that runs again and again reading the heads it has moved itself. A head that
 * another one has moved on meanwhile is no harm: heads are a cache, who appends finds out by the log.
 */
export function rememberHeads<Log extends ChangeLogWrites>(log: Log, clock: Clock): Log {
  const remembered = new Map<string, Remembered>();
  const remember = (padId: string, head: StoredHead): void => {
    remembered.delete(padId);
    remembered.set(padId, { head, atMs: clock() });
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  };
  const forget = (padId: string) => (error: unknown) => {
    remembered.delete(padId);
    throw error;
  };
  return {
    ...log,
    async storedHead(padId) {
      const known = remembered.get(padId);
      if (known && clock() - known.atMs < REMEMBERED_MS) return known.head;
      const head = await log.storedHead(padId);
      remember(padId, head);
      return head;
    },
    async moveHead(padId, head) {
      const known = remembered.get(padId);
      // At once: what it says is in the log already, and a drain need not wait for the write.
      if (known) remember(padId, { ...known.head, ...head });
      await log.moveHead(padId, head).catch(forget(padId));
    },
    async markPushed(padId, seq) {
      await log.markPushed(padId, seq).catch(forget(padId));
      // Not what was known before: a head that could not be moved meanwhile is to be read again.
      const known = remembered.get(padId);
      if (known) remember(padId, { ...known.head, pushed: seq });
    },
    async markPublished(padId, seq) {
      await log.markPublished(padId, seq).catch(forget(padId));
      const known = remembered.get(padId);
      if (known) remember(padId, { ...known.head, published: seq });
    },
  };
}

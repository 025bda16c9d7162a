import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import { EMPTY_TRASH_MAX } from './limits.ts';
import type { MemoSummary } from './memo.ts';
import type { MemoPorts } from './memoPorts.ts';
import type { MemoStore } from './memoStore.ts';
import { placesOf } from './place.ts';
import { expiredSince, longestUntouched, tombstoneEnds } from './trash.ts';

/** Writes in flight at once: enough to be quick, few enough to leave the pad's partition room for others. */
const CONCURRENT_WRITES = 10;

/**
 * Purges up to 100 trashed memos of a pad (the viewer's personal pad when left out), the longest
 * untouched first, and says how many. One that was written to meanwhile is skipped.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN
 */
export async function emptyTrash(
  { memos, members, clock }: MemoPorts,
  viewer: Viewer | null,
  padId?: string | null,
): Promise<number> {
  const { userId } = requireViewer(viewer);
  const pad = padId ?? userId;
  await authorize(members, viewer, pad, 'WRITE');
  const now = clock();
  const until = { expiredSince: expiredSince(now), tombstoneEnds: tombstoneEnds(now) };
  const trashed = longestUntouched(await readTrash(memos, pad, now), until.expiredSince);
  let purged = 0;
  await eachConcurrently(trashed, async ({ ulid, version }) => {
    if (await memos.bury({ padId: pad, ulid, version, ...until })) purged += 1;
  });
  return purged;
}

/** Pinned memos stand apart in the list, so both parts are read and merged. */
async function readTrash(memos: MemoStore, padId: string, now: number): Promise<MemoSummary[]> {
  const parts = await Promise.all(
    [false, true].map((pinned) =>
      memos.list({
        padId,
        range: placesOf('TRASHED', pinned, null, expiredSince(now)),
        order: 'OLDEST_FIRST',
        limit: EMPTY_TRASH_MAX,
      }),
    ),
  );
  return parts.flatMap(({ summaries }) => summaries);
}

async function eachConcurrently<T>(
  values: readonly T[],
  action: (value: T) => Promise<void>,
): Promise<void> {
  const queue = values.values();
  const worker = async () => {
    for (const value of queue) await action(value);
  };
  await Promise.all(Array.from({ length: CONCURRENT_WRITES }, worker));
}

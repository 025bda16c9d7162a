import type { Viewer } from '#domain/viewer/viewer.ts';
import { memoNotFound } from './memoErrors.ts';
import type { MemoPorts } from './memoPorts.ts';
import { openMemo } from './openMemo.ts';
import { expiredSince, tombstoneEnds } from './trash.ts';

/** Deletes a memo for good, whatever its state. @throws UNAUTHENTICATED, NOT_FOUND also for what is purged already, FORBIDDEN */
export async function purgeMemo(
  { memos, members, clock }: MemoPorts,
  viewer: Viewer | null,
  id: string,
): Promise<true> {
  const { padId, ulid } = await openMemo(members, viewer, id, 'WRITE');
  const now = clock();
  const buried = await memos.bury({
    ...{ padId, ulid },
    expiredSince: expiredSince(now),
    tombstoneEnds: tombstoneEnds(now),
  });
  if (!buried) throw memoNotFound();
  return true;
}

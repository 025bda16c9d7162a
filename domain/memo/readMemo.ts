import type { Viewer } from '#domain/viewer/viewer.ts';
import type { Memo } from './memo.ts';
import { memoNotFound } from './memoErrors.ts';
import type { ReadMemoPorts } from './memoPorts.ts';
import { openMemo } from './openMemo.ts';
import { livingMemo } from './trash.ts';

/** One memo, in any state. @throws UNAUTHENTICATED, NOT_FOUND also for what is purged or may not be read. */
export async function readMemo(
  { memos, members, clock }: ReadMemoPorts,
  viewer: Viewer | null,
  id: string,
): Promise<Memo> {
  const { padId, ulid } = await openMemo(members, viewer, id, 'READ');
  const memo = livingMemo(await memos.read({ padId, ulid }), clock());
  if (!memo) throw memoNotFound();
  return memo;
}

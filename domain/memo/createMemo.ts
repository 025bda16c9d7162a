import { createUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import { firstVersion, type NewMemoInput, newMemoProblem } from './firstVersion.ts';
import type { Memo } from './memo.ts';
import { badInput, purgedConflict } from './memoErrors.ts';
import type { MemoPorts } from './memoPorts.ts';
import { livingMemo } from './trash.ts';

export interface CreateMemoPorts extends MemoPorts {
  readonly randomBytes: RandomBytes;
}

/** Left out and null mean the same. */
export interface CreateMemoInput extends NewMemoInput {
  /** The pad; the viewer's personal pad when left out. */
  readonly padId?: string | null | undefined;
}

/**
 * Makes a memo. A `ulid` that has a memo already gives that memo as it is now.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND or FORBIDDEN for the pad, BAD_USER_INPUT, CONFLICT for the ulid of a purged memo.
 */
export async function createMemo(
  { memos, members, clock, randomBytes }: CreateMemoPorts,
  viewer: Viewer | null,
  { padId, ...input }: CreateMemoInput,
): Promise<Memo> {
  const { userId } = requireViewer(viewer);
  const now = clock();
  const key = { padId: padId ?? userId, ulid: input.ulid ?? createUlid(now, randomBytes) };
  await authorize(members, viewer, key.padId, 'WRITE');
  const problem = newMemoProblem(input, now);
  if (problem !== null) throw badInput(problem);
  const memo = firstVersion(key, input, userId, now);
  const result = await memos.create(memo);
  if (result.outcome === 'WRITTEN') return memo;
  const existing = result.outcome === 'EXISTS' ? livingMemo(result.memo, now) : null;
  if (!existing) throw purgedConflict();
  return existing;
}

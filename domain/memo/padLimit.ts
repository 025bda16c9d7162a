import { MemopadError } from '#domain/errors.ts';
import type { PadStore } from './padStore.ts';

/** So that listing a user's pads, with all that is asked of each, stays a small request. */
export const MAX_PADS = 200;

/**
 * The count may lag by a moment, so that somebody quick may get a few pads more: the limit keeps the
 * work of a request bounded and needn't be exact.
 *
 * @throws BAD_USER_INPUT for a user who is a member of 200 shared pads
 */
export async function refuseManyPads(
  pads: Pick<PadStore, 'countPads'>,
  userId: string,
): Promise<void> {
  const count = await pads.countPads(userId);
  if (count < MAX_PADS) return;
  throw new MemopadError(
    'BAD_USER_INPUT',
    `Expected a viewer with fewer than ${MAX_PADS} shared pads, got one with ${count}. Leave or delete a pad first.`,
  );
}

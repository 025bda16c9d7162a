/**
 * How many pads one may be in. Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import type { Problem } from '#domain/errors.ts';

/** So that listing a user's pads, with all that is asked of each, stays a small request. */
export const MAX_PADS = 200;

/**
 * For a user who is a member of 200 shared pads. The count may lag by a moment, so that somebody quick
 * may get a few pads more: the limit keeps the work of a request bounded and needn't be exact.
 */
export function manyPadsProblem(count: number): Problem | null {
  if (count < MAX_PADS) return null;
  return {
    code: 'BAD_USER_INPUT',
    message: `Expected a viewer with fewer than ${MAX_PADS} shared pads, got one with ${count}. Leave or delete a pad first.`,
  };
}

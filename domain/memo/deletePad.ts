import { type Clock, isoTime } from '#domain/clock.ts';
import { throwProblem } from '#domain/errors.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize } from './authorize.ts';
import { personalPadProblem } from './pad.ts';
import type { PadStore, WriteOutcome } from './padStore.ts';

/**
 * Deletes a shared pad for all its members in one write: without a membership nobody reaches its
 * memos any more. For an OWNER. @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, BAD_USER_INPUT
 */
export async function deletePad(
  { pads, clock }: { readonly pads: PadStore; readonly clock: Clock },
  viewer: Viewer | null,
  padId: string,
): Promise<void> {
  await retryWhileChanged(async (): Promise<WriteOutcome> => {
    await authorize(pads, viewer, padId, 'MANAGE');
    throwProblem(personalPadProblem(viewer, padId, 'deleted'));
    const members = await pads.listMembers(padId);
    return pads.deletePad(padId, members, isoTime(clock()));
  });
}

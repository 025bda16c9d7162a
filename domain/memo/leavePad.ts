import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize, padNotFound } from './authorize.ts';
import { refuseLastOwner, refusePersonalPad } from './pad.ts';
import type { PadStore, WriteOutcome } from './padStore.ts';

/**
 * Takes the viewer out of a shared pad. For any member.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT (personal pad, the last OWNER).
 */
export async function leavePad(
  { pads }: { readonly pads: PadStore },
  viewer: Viewer | null,
  padId: string,
): Promise<void> {
  const { userId } = requireViewer(viewer);
  await retryWhileChanged(async (): Promise<WriteOutcome> => {
    const role = await authorize(pads, viewer, padId, 'READ');
    refusePersonalPad(viewer, padId, 'left');
    const pad = await pads.pad(padId);
    if (!pad) throw padNotFound();
    refuseLastOwner(pad, role, 'leave');
    return pads.removeMember({ padId, userId }, role);
  });
}

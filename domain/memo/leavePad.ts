import { throwProblem } from '#domain/errors.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize, padNotFound } from './authorize.ts';
import { invitesMadeBy } from './invitesMadeBy.ts';
import { lastOwnerProblem, personalPadProblem } from './pad.ts';
import type { WriteOutcome } from './padStore.ts';
import type { RemoveMemberPorts } from './removeMember.ts';

/**
 * Takes the viewer out of a shared pad, the open invites they made with them. For any member.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT (personal pad, the last OWNER).
 */
export async function leavePad(
  ports: RemoveMemberPorts,
  viewer: Viewer | null,
  padId: string,
): Promise<void> {
  const { userId } = requireViewer(viewer);
  const { pads } = ports;
  await retryWhileChanged(async (): Promise<WriteOutcome> => {
    const role = await authorize(pads, viewer, padId, 'READ');
    throwProblem(personalPadProblem(viewer, padId, 'left'));
    const pad = await pads.pad(padId);
    if (!pad) throw padNotFound();
    throwProblem(lastOwnerProblem(pad, role, 'leave'));
    const inviteIds = await invitesMadeBy(ports, { padId, userId });
    return pads.removeMember({ padId, userId }, role, inviteIds);
  });
}

import { throwProblem } from '#domain/errors.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize } from './authorize.ts';
import { invitesMadeBy, type MadeInvitesPorts } from './invitesMadeBy.ts';
import { lastOwnerProblem, type Pad, padSeenAs, personalPadProblem } from './pad.ts';
import type { MembershipKey, PadStore } from './padStore.ts';
import { readMember } from './readMember.ts';

export interface RemoveMemberPorts extends MadeInvitesPorts {
  readonly pads: PadStore;
}

/**
 * Takes a member out of a shared pad, the open invites they made with them. For an OWNER, who may go this way, too, and is told of the pad
 * for the last time.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND (pad or member), FORBIDDEN, BAD_USER_INPUT (personal pad, the
 * last OWNER).
 */
export async function removeMember(
  ports: RemoveMemberPorts,
  viewer: Viewer | null,
  { padId, userId }: MembershipKey,
): Promise<Pad> {
  const { pads } = ports;
  return retryWhileChanged(async () => {
    const viewerRole = await authorize(pads, viewer, padId, 'MANAGE');
    throwProblem(personalPadProblem(viewer, padId, 'shared'));
    const { pad, role } = await readMember(pads, { padId, userId });
    if (userId === viewer?.userId) throwProblem(lastOwnerProblem(pad, role, 'be removed'));
    const inviteIds = await invitesMadeBy(ports, { padId, userId });
    const outcome = await pads.removeMember({ padId, userId }, role, inviteIds);
    return outcome === 'DONE' ? padSeenAs(viewerRole, pad) : outcome;
  });
}

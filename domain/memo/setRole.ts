import { throwProblem } from '#domain/errors.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize } from './authorize.ts';
import { invitesMadeBy, type MadeInvitesPorts } from './invitesMadeBy.ts';
import { lastOwnerProblem, type Pad, padSeenAs, personalPadProblem } from './pad.ts';
import type { PadStore } from './padStore.ts';
import { readMember } from './readMember.ts';
import type { PadRole } from './role.ts';

export interface SetRolePorts extends MadeInvitesPorts {
  readonly pads: PadStore;
}

export interface SetRoleInput {
  readonly padId: string;
  readonly userId: string;
  readonly role: PadRole;
}

/**
 * Gives a member of a shared pad another role. For an OWNER, who may step down this way, too. The
 * open invites of a member who is no OWNER any more end.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND (pad or member), FORBIDDEN, BAD_USER_INPUT (personal pad,
 * the last OWNER).
 */
export async function setRole(
  ports: SetRolePorts,
  viewer: Viewer | null,
  { padId, userId, role: newRole }: SetRoleInput,
): Promise<Pad> {
  const { pads } = ports;
  return retryWhileChanged(async () => {
    const viewerRole = await authorize(pads, viewer, padId, 'MANAGE');
    throwProblem(personalPadProblem(viewer, padId, 'shared'));
    const { pad, role } = await readMember(pads, { padId, userId });
    const ownRole = userId === viewer?.userId;
    if (ownRole && newRole !== 'OWNER') throwProblem(lastOwnerProblem(pad, role, 'step down'));
    const seen = padSeenAs(ownRole ? newRole : viewerRole, pad);
    if (role === newRole) return seen;
    const inviteIds = role === 'OWNER' ? await invitesMadeBy(ports, { padId, userId }) : [];
    const outcome = await pads.changeRole({ padId, userId }, role, newRole, inviteIds);
    return outcome === 'DONE' ? seen : outcome;
  });
}

import type { Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize } from './authorize.ts';
import { type Pad, padSeenAs, refuseLastOwner, refusePersonalPad } from './pad.ts';
import type { PadStore } from './padStore.ts';
import { readMember } from './readMember.ts';
import type { PadRole } from './role.ts';

export interface SetRoleInput {
  readonly padId: string;
  readonly userId: string;
  readonly role: PadRole;
}

/**
 * Gives a member of a shared pad another role. For an OWNER, who may step down this way, too.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND (pad or member), FORBIDDEN, BAD_USER_INPUT (personal pad,
 * the last OWNER).
 */
export async function setRole(
  { pads }: { readonly pads: PadStore },
  viewer: Viewer | null,
  { padId, userId, role: newRole }: SetRoleInput,
): Promise<Pad> {
  return retryWhileChanged(async () => {
    const viewerRole = await authorize(pads, viewer, padId, 'MANAGE');
    refusePersonalPad(viewer, padId, 'shared');
    const { pad, role } = await readMember(pads, { padId, userId });
    const ownRole = userId === viewer?.userId;
    if (ownRole && newRole !== 'OWNER') refuseLastOwner(pad, role, 'step down');
    const outcome =
      role === newRole ? 'DONE' : await pads.changeRole({ padId, userId }, role, newRole);
    return outcome === 'DONE' ? padSeenAs(ownRole ? newRole : viewerRole, pad) : outcome;
  });
}

import { MemopadError } from '#domain/errors.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize } from './authorize.ts';
import { type Pad, padSeenAs, refusePersonalPad } from './pad.ts';
import type { MembershipKey, PadStore } from './padStore.ts';
import { readMember } from './readMember.ts';

/**
 * Takes another member out of a shared pad. For an OWNER.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND (pad or member), FORBIDDEN, BAD_USER_INPUT (personal pad, the
 * viewer). The last OWNER is safe: it takes another one to remove an OWNER.
 */
export async function removeMember(
  { pads }: { readonly pads: PadStore },
  viewer: Viewer | null,
  { padId, userId }: MembershipKey,
): Promise<Pad> {
  return retryWhileChanged(async () => {
    const viewerRole = await authorize(pads, viewer, padId, 'MANAGE');
    refusePersonalPad(viewer, padId, 'shared');
    refuseOneself(viewer, userId);
    const { pad, role } = await readMember(pads, { padId, userId });
    const outcome = await pads.removeMember({ padId, userId }, role);
    return outcome === 'DONE' ? padSeenAs(viewerRole, pad) : outcome;
  });
}

/** The answer is the pad, which whoever has left can't see. */
function refuseOneself(viewer: Viewer | null, userId: string): void {
  if (viewer?.userId !== userId) return;
  throw new MemopadError(
    'BAD_USER_INPUT',
    'Expected the user id of another member, got your own. To leave the pad use leavePad.',
  );
}

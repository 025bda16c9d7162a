import { isoTime } from '#domain/clock.ts';
import { problemError, throwProblem } from '#domain/errors.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { authorize } from './authorize.ts';
import { OPEN_INVITE_NOT_FOUND } from './invite.ts';
import type { InvitePorts } from './inviteStore.ts';
import { personalPadProblem } from './pad.ts';
import type { WriteOutcome } from './padStore.ts';

/**
 * Makes an invite useless from now on; who has accepted it stays a member. For an OWNER.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND (pad, or no open invite), FORBIDDEN, BAD_USER_INPUT (personal pad).
 */
export async function revokeInvite(
  { members, invites, clock }: InvitePorts,
  viewer: Viewer | null,
  { padId, inviteId }: { readonly padId: string; readonly inviteId: string },
): Promise<void> {
  await authorize(members, viewer, padId, 'MANAGE');
  throwProblem(personalPadProblem(viewer, padId, 'shared'));
  await retryWhileChanged(async (): Promise<WriteOutcome> => {
    const open = isUlid(inviteId) && (await invites.invite(padId, inviteId, isoTime(clock())));
    if (open) return invites.revokeInvite(padId, inviteId);
    throw problemError(OPEN_INVITE_NOT_FOUND);
  });
}

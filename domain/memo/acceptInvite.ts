import { type Clock, isoTime } from '#domain/clock.ts';
import { problemError, throwProblem } from '#domain/errors.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { INVITE_NOT_FOUND, type InviteRecord, isSecretOf, parseInviteSecret } from './invite.ts';
import type { InviteStore } from './inviteStore.ts';
import { fullPadProblem, type Pad, padSeenAs } from './pad.ts';
import { manyPadsProblem } from './padLimit.ts';
import type { PadStore } from './padStore.ts';

export interface AcceptInvitePorts {
  readonly pads: PadStore;
  readonly invites: InviteStore;
  readonly clock: Clock;
}

/**
 * Makes the viewer a member of the invite's pad. Who is a member already keeps their role.
 *
 * @throws UNAUTHENTICATED; NOT_FOUND, in the same words, for an invite that is malformed, unknown,
 * expired or revoked, and for a deleted pad; BAD_USER_INPUT when the pad has 50 members
 * or the viewer 200 shared pads.
 */
export async function acceptInvite(
  { pads, invites, clock }: AcceptInvitePorts,
  viewer: Viewer | null,
  secret: string,
): Promise<Pad> {
  const { userId } = requireViewer(viewer);
  return retryWhileChanged(async () => {
    const now = isoTime(clock());
    const invite = await findInvite(invites, secret, now);
    const { padId } = invite;
    const [pad, role] = await Promise.all([pads.pad(padId), pads.role(padId, userId)]);
    if (!pad) throw problemError(INVITE_NOT_FOUND);
    if (role) return padSeenAs(role, pad);
    throwProblem(fullPadProblem(pad));
    throwProblem(manyPadsProblem(await pads.countPads(userId)));
    const outcome = await invites.acceptInvite({ invite, userId, since: now });
    return outcome === 'DONE' ? padSeenAs(invite.role, pad) : outcome;
  });
}

async function findInvite(
  invites: InviteStore,
  secret: string,
  now: string,
): Promise<InviteRecord> {
  const ids = parseInviteSecret(secret);
  const invite = ids && (await invites.invite(ids.padId, ids.inviteId, now));
  if (!invite || !isSecretOf(invite, secret)) throw problemError(INVITE_NOT_FOUND);
  return invite;
}

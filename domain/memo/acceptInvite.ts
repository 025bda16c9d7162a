import { type Clock, isoTime } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { retryWhileChanged } from './attempts.ts';
import { type InviteRecord, isSecretOf, parseInviteSecret } from './invite.ts';
import type { InviteStore } from './inviteStore.ts';
import { MAX_MEMBERS, type Pad, type PadRecord, padSeenAs } from './pad.ts';
import { refuseManyPads } from './padLimit.ts';
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
    if (!pad) throw inviteNotFound();
    if (role) return padSeenAs(role, pad);
    refuseFull(pad);
    await refuseManyPads(pads, userId);
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
  if (!invite || !isSecretOf(invite, secret)) throw inviteNotFound();
  return invite;
}

function inviteNotFound(): MemopadError {
  return new MemopadError(
    'NOT_FOUND',
    'Expected the secret of an invite that is neither expired nor revoked.',
  );
}

function refuseFull(pad: PadRecord): void {
  if (pad.memberCount < MAX_MEMBERS) return;
  throw new MemopadError(
    'BAD_USER_INPUT',
    `Expected a pad with fewer than ${MAX_MEMBERS} members, got one with ${pad.memberCount}.`,
  );
}

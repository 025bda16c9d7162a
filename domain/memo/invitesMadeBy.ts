import { type Clock, isoTime } from '#domain/clock.ts';
import { MAX_OPEN_INVITES, madeBy } from './invite.ts';
import type { InviteStore } from './inviteStore.ts';
import type { MembershipKey } from './padStore.ts';

export interface MadeInvitesPorts {
  readonly invites: Pick<InviteStore, 'listInvites' | 'revokeInvite'>;
  readonly clock: Clock;
}

/**
 * The ids of the open invites that a member has made, at most 50: they end in the very write by which
 * the member stops being an OWNER, who could come back as one by a link of their own otherwise.
 */
export async function invitesMadeBy(
  { invites, clock }: MadeInvitesPorts,
  { padId, userId }: MembershipKey,
): Promise<string[]> {
  const open = await invites.listInvites(padId, isoTime(clock()));
  const made = madeBy(userId, open);
  // Requests at the same time may have made more than one transaction could end.
  await Promise.all(made.slice(MAX_OPEN_INVITES).map((id) => invites.revokeInvite(padId, id)));
  return made.slice(0, MAX_OPEN_INVITES);
}

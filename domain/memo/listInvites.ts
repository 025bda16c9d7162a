import { isoTime } from '#domain/clock.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import { type Invite, withoutHash } from './invite.ts';
import type { InvitePorts, InviteStore } from './inviteStore.ts';
import { isPersonalPadOf } from './pad.ts';

export interface ListInvitesPorts extends Omit<InvitePorts, 'invites'> {
  readonly invites: Pick<InviteStore, 'listInvites'>;
}

/** The pad's open invites, the oldest first; null for a member who is no OWNER. @throws UNAUTHENTICATED, NOT_FOUND */
export async function listInvites(
  { members, invites, clock }: ListInvitesPorts,
  viewer: Viewer | null,
  padId: string,
): Promise<Invite[] | null> {
  const role = await authorize(members, viewer, padId, 'READ');
  if (role !== 'OWNER') return null;
  if (isPersonalPadOf(viewer, padId)) return [];
  const open = await invites.listInvites(padId, isoTime(clock()));
  return open.map(withoutHash);
}

import { isoTime } from '#domain/clock.ts';
import { throwProblem } from '#domain/errors.ts';
import { createUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import {
  createInviteSecret,
  defaultEnd,
  hashInviteSecret,
  type Invite,
  inviteEndProblem,
  manyInvitesProblem,
  SECRET_BYTES,
} from './invite.ts';
import type { InvitePorts } from './inviteStore.ts';
import { personalPadProblem } from './pad.ts';
import type { PadRole } from './role.ts';

export interface CreateInvitePorts extends InvitePorts {
  readonly randomBytes: RandomBytes;
}

export interface CreateInviteInput {
  readonly padId: string;
  readonly role: PadRole;
  /** ISO 8601 in UTC; 7 days ahead when left out. */
  readonly expiresAt?: string | null | undefined;
}

/** An invite with its secret, which is told this once. */
export interface NewInvite extends Invite {
  readonly secret: string;
}

/**
 * Makes an invite to a shared pad, which any number of users may accept. For an OWNER.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, BAD_USER_INPUT (personal pad, `expiresAt`, 50 are
 * open). Requests at the very same time may pass that number, which only keeps a list short.
 */
export async function createInvite(
  { members, invites, clock, randomBytes }: CreateInvitePorts,
  viewer: Viewer | null,
  { padId, role, expiresAt: wantedEnd }: CreateInviteInput,
): Promise<NewInvite> {
  const { userId: createdBy } = requireViewer(viewer);
  await authorize(members, viewer, padId, 'MANAGE');
  throwProblem(personalPadProblem(viewer, padId, 'shared'));
  const now = clock();
  const expiresAt = wantedEnd ?? defaultEnd(now);
  throwProblem(inviteEndProblem(expiresAt, now));
  const open = await invites.listInvites(padId, isoTime(now));
  throwProblem(manyInvitesProblem(open.length));
  const id = createUlid(now, randomBytes);
  const random = [...randomBytes(SECRET_BYTES)];
  const secret = createInviteSecret({ padId, inviteId: id }, random);
  const invite = { id, padId, role, expiresAt, createdBy };
  await invites.createInvite({ ...invite, secretHash: hashInviteSecret(secret) });
  return { ...invite, secret };
}

import { isoTime } from '#domain/clock.ts';
import { MemopadError } from '#domain/errors.ts';
import { createUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import {
  createInviteSecret,
  DEFAULT_INVITE_DAYS,
  hashInviteSecret,
  type Invite,
  MAX_INVITE_DAYS,
  MAX_OPEN_INVITES,
} from './invite.ts';
import type { InvitePorts, InviteStore } from './inviteStore.ts';
import { refusePersonalPad } from './pad.ts';
import type { PadRole } from './role.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

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
  refusePersonalPad(viewer, padId, 'shared');
  const now = clock();
  const expiresAt = wantedEnd ?? isoTime(now + DEFAULT_INVITE_DAYS * DAY_MS);
  checkEnd(expiresAt, now);
  await refuseTooMany(invites, padId, now);
  const id = createUlid(now, randomBytes);
  const secret = createInviteSecret({ padId, inviteId: id }, randomBytes);
  const invite = { id, padId, role, expiresAt, createdBy };
  await invites.createInvite({ ...invite, secretHash: hashInviteSecret(secret) });
  return { ...invite, secret };
}

function checkEnd(expiresAt: string, now: number): void {
  const aheadMs = Date.parse(expiresAt) - now;
  if (aheadMs > 0 && aheadMs <= MAX_INVITE_DAYS * DAY_MS) return;
  throw new MemopadError(
    'BAD_USER_INPUT',
    `Expected expiresAt in the future and at most ${MAX_INVITE_DAYS} days ahead, got ${expiresAt}.`,
  );
}

async function refuseTooMany(invites: InviteStore, padId: string, now: number): Promise<void> {
  const open = await invites.listInvites(padId, isoTime(now));
  if (open.length < MAX_OPEN_INVITES) return;
  throw new MemopadError(
    'BAD_USER_INPUT',
    `Expected fewer than ${MAX_OPEN_INVITES} open invites of the pad, got ${open.length}. Revoke one first.`,
  );
}

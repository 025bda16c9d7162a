import { createHash, timingSafeEqual } from 'node:crypto';
import { isUlid } from '#domain/viewer/ulid.ts';
import type { PadRole } from './role.ts';

/** Keeps the list of a pad's invites short. */
export const MAX_OPEN_INVITES = 50;
export const DEFAULT_INVITE_DAYS = 7;
export const MAX_INVITE_DAYS = 30;

const SECRET_BYTES = 32;
/** 32 bytes in base64url without padding (RFC 4648 section 5). */
const SECRET_PART = /^[A-Za-z0-9_-]{43}$/;
/** Two ULIDs, the secret part and two dots. */
const SECRET_LENGTH = 26 + 1 + 26 + 1 + 43;

/** A pad's invite as its OWNERs see it. */
export interface Invite {
  /** A ULID. */
  readonly id: string;
  readonly padId: string;
  /** What whoever accepts it becomes. */
  readonly role: PadRole;
  /** ISO 8601 in UTC; from then on the invite is gone, whether or not its row still is there. */
  readonly expiresAt: string;
  /** A user's id. */
  readonly createdBy: string;
}

/** What is kept of an invite: of its secret only the SHA-256, so that nobody can accept with what the table holds. */
export interface InviteRecord extends Invite {
  /** In base64url. */
  readonly secretHash: string;
}

export interface InviteSecretParts {
  readonly padId: string;
  readonly inviteId: string;
}

/** Makes `<padId>.<inviteId>.<256 random bits in base64url>`: the ids find the row with one read. */
export function createInviteSecret(
  { padId, inviteId }: InviteSecretParts,
  randomBytes: (length: number) => Uint8Array,
): string {
  const random = Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url');
  return `${padId}.${inviteId}.${random}`;
}

/** The ids in a secret; null for what can't be one. */
export function parseInviteSecret(secret: string): InviteSecretParts | null {
  if (secret.length !== SECRET_LENGTH) return null;
  const [padId = '', inviteId = '', random = ''] = secret.split('.');
  const wellFormed = isUlid(padId) && isUlid(inviteId) && SECRET_PART.test(random);
  return wellFormed ? { padId, inviteId } : null;
}

export function hashInviteSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Takes the same time wherever the two differ. */
export function isSecretOf(invite: InviteRecord, secret: string): boolean {
  const [kept, given] = [Buffer.from(invite.secretHash), Buffer.from(hashInviteSecret(secret))];
  return kept.length === given.length && timingSafeEqual(kept, given);
}

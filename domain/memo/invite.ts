/**
 * What an invite is, and what one may not ask of it. Written in the APPSYNC_JS subset (no regex, throw,
 * Buffer or node:crypto), because both doors read this very file: each accepts the other's invites.
 */
import { epochMsOf, isoTime } from '#domain/clock.ts';
import type { Problem } from '#domain/errors.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import type { PadRole } from './role.ts';
import { base64url, sha256OfAscii } from './sha256.ts';

/** Keeps the list of a pad's invites short. */
export const MAX_OPEN_INVITES = 50;
export const DEFAULT_INVITE_DAYS = 7;
export const MAX_INVITE_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What a secret's random part is made of. */
export const SECRET_BYTES = 32;
/** 32 bytes in base64url without padding (RFC 4648 section 5). */
const SECRET_PART_LENGTH = 43;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two ULIDs, the secret part and two dots. */
const SECRET_LENGTH = 26 + 1 + 26 + 1 + SECRET_PART_LENGTH;

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

/** Makes `<padId>.<inviteId>.<32 random bytes in base64url>`: the ids find the row with one read. */
export function createInviteSecret(
  { padId, inviteId }: InviteSecretParts,
  randomBytes: readonly number[],
): string {
  return `${padId}.${inviteId}.${base64url(randomBytes)}`;
}

/** The ids in a secret; null for what can't be one. */
export function parseInviteSecret(secret: string): InviteSecretParts | null {
  if (secret.length !== SECRET_LENGTH) return null;
  const [padId = '', inviteId = '', random = ''] = secret.split('.');
  if (!isUlid(padId) || !isUlid(inviteId) || random.length !== SECRET_PART_LENGTH) return null;
  const isWritten = random.split('').every((character) => BASE64URL.indexOf(character) >= 0);
  return isWritten ? { padId, inviteId } : null;
}

export function hashInviteSecret(secret: string): string {
  return sha256OfAscii(secret);
}

/** How long comparing hashes takes helps nobody: a guess can't be made to have a certain hash. */
export function isSecretOf(invite: InviteRecord, secret: string): boolean {
  return invite.secretHash === hashInviteSecret(secret);
}

export function isOpenAt(now: string, { expiresAt }: Pick<Invite, 'expiresAt'>): boolean {
  return expiresAt > now;
}

export function withoutHash({ id, padId, role, expiresAt, createdBy }: InviteRecord): Invite {
  return { id, padId, role, expiresAt, createdBy };
}

/** When an invite ends that nobody has said it of. */
export function defaultEnd(now: number): string {
  return isoTime(now + DEFAULT_INVITE_DAYS * DAY_MS);
}

/** For an end that isn't in the future, or more than 30 days ahead. `now` is in milliseconds since 1970. */
export function inviteEndProblem(expiresAt: string, now: number): Problem | null {
  const aheadMs = (epochMsOf(expiresAt) ?? 0) - now;
  if (aheadMs > 0 && aheadMs <= MAX_INVITE_DAYS * DAY_MS) return null;
  return {
    code: 'BAD_USER_INPUT',
    message: `Expected expiresAt in the future and at most ${MAX_INVITE_DAYS} days ahead, got ${expiresAt}.`,
  };
}

/** For a pad with so many open invites. */
export function manyInvitesProblem(openCount: number): Problem | null {
  if (openCount < MAX_OPEN_INVITES) return null;
  return {
    code: 'BAD_USER_INPUT',
    message: `Expected fewer than ${MAX_OPEN_INVITES} open invites of the pad, got ${openCount}. Revoke one first.`,
  };
}

/** The ids of the open invites that a member has made. */
export function madeBy(
  userId: string,
  open: readonly Pick<InviteRecord, 'id' | 'createdBy'>[],
): string[] {
  return open.filter(({ createdBy }) => createdBy === userId).map(({ id }) => id);
}

/** One answer for a secret that is malformed, unknown, expired or revoked, and for a deleted pad. */
export const INVITE_NOT_FOUND: Problem = {
  code: 'NOT_FOUND',
  message: 'Expected the secret of an invite that is neither expired nor revoked.',
};

/** For an id. */
export const OPEN_INVITE_NOT_FOUND: Problem = {
  code: 'NOT_FOUND',
  message: 'Expected the id of an open invite of this pad.',
};

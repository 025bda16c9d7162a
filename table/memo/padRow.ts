/**
 * How pads, members and invites are kept, in plain values. Written in the APPSYNC_JS subset, because
 * both doors read this very file.
 */
import { epochMsOf } from '#domain/clock.ts';
import type { InviteRecord } from '#domain/memo/invite.ts';
import type { PadMember, PadRecord } from '#domain/memo/pad.ts';
import type { MembershipKey } from '#domain/memo/padStore.ts';
import type { PadRole } from '#domain/memo/role.ts';
import {
  INVITE_PREFIX,
  inviteKey,
  MEMBER_PREFIX,
  memberKey,
  PAD_SORT_KEY,
  padIdOfKey,
  padKey,
} from '#table/keys.ts';
import type { Row, RowKey } from './tableWrite.ts';

/** A row as it was read. */
export type ReadRow = Readonly<Record<string, unknown>>;

export const padRowKey = (padId: string): RowKey => ({ PK: padKey(padId), SK: PAD_SORT_KEY });

export const memberRowKey = ({ padId, userId }: MembershipKey): RowKey => ({
  PK: padKey(padId),
  SK: memberKey(userId),
});

export const inviteRowKey = (padId: string, inviteId: string): RowKey => ({
  PK: padKey(padId),
  SK: inviteKey(inviteId),
});

export function padAttributes({ name, createdAt, memberCount, ownerCount }: PadRecord): Row {
  return { name, createdAt, memberCount, ownerCount };
}

/** Null for a missing row and for a tombstone. */
export function readPadRow(row: ReadRow | null | undefined): PadRecord | null {
  if (!row || row.deletedAt) return null;
  const { PK, name, createdAt, memberCount, ownerCount } = row as unknown as Kept<PadRecord>;
  return { id: padIdOfKey(PK), name, createdAt, memberCount, ownerCount };
}

/** `member` is the key of the index byMember, which shows a user's pads. */
export function memberAttributes(userId: string, role: PadRole, since: string): Row {
  return { role, since, member: userId };
}

export function readMemberRow(row: ReadRow): PadMember {
  const { SK, role, since } = row as unknown as Kept<PadMember>;
  return { userId: SK.slice(MEMBER_PREFIX.length), role, since };
}

/** Null for a missing row: for no member. */
export function readRole(row: ReadRow | null | undefined): PadRole | null {
  return row ? readMemberRow(row).role : null;
}

/** The time to live is in whole seconds: never a moment too early. */
export function inviteAttributes(invite: InviteRecord): Row {
  const { role, expiresAt, createdBy, secretHash } = invite;
  const ttl = Math.ceil((epochMsOf(expiresAt) ?? 0) / 1000);
  return { role, expiresAt, createdBy, secretHash, ttl };
}

export function readInviteRow(row: ReadRow): InviteRecord {
  const { PK, SK, role, expiresAt, createdBy, secretHash } = row as unknown as Kept<InviteRecord>;
  const id = SK.slice(INVITE_PREFIX.length);
  return { id, padId: padIdOfKey(PK), role, expiresAt, createdBy, secretHash };
}

type Kept<Value> = Value & RowKey;

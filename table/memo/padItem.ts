import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
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

export type Item = Record<string, AttributeValue>;

export const padItemKey = (padId: string): Item =>
  marshall({ PK: padKey(padId), SK: PAD_SORT_KEY });

export const memberItemKey = ({ padId, userId }: MembershipKey): Item =>
  marshall({ PK: padKey(padId), SK: memberKey(userId) });

export const inviteItemKey = (padId: string, inviteId: string): Item =>
  marshall({ PK: padKey(padId), SK: inviteKey(inviteId) });

export function toPadItem({ id, ...pad }: PadRecord): Item {
  return { ...padItemKey(id), ...marshall(pad) };
}

/** Null for a missing row and for a tombstone. */
export function readPadItem(item: Item | undefined): PadRecord | null {
  if (!item || item.deletedAt) return null;
  const { PK, name, createdAt, memberCount, ownerCount } = unmarshall(item);
  return { id: padIdOfKey(PK), name, createdAt, memberCount, ownerCount };
}

export function toMemberItem(key: MembershipKey, role: PadRole, since: string): Item {
  // `member` is the key of the index byMember, which shows a user's pads.
  return { ...memberItemKey(key), ...marshall({ role, since, member: key.userId }) };
}

export function readMemberItem(item: Item): PadMember {
  const { SK, role, since } = unmarshall(item);
  return { userId: SK.slice(MEMBER_PREFIX.length), role, since };
}

export function toInviteItem({ id, padId, ...invite }: InviteRecord): Item {
  const ttl = Math.ceil(Date.parse(invite.expiresAt) / 1000);
  return { ...inviteItemKey(padId, id), ...marshall({ ...invite, ttl }) };
}

export function readInviteItem(item: Item): InviteRecord {
  const { PK, SK, role, expiresAt, createdBy, secretHash } = unmarshall(item);
  const id = SK.slice(INVITE_PREFIX.length);
  return { id, padId: padIdOfKey(PK), role, expiresAt, createdBy, secretHash };
}

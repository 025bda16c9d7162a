import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { InviteRecord } from '#domain/memo/invite.ts';
import type { PadMember, PadRecord } from '#domain/memo/pad.ts';
import type { MembershipKey } from '#domain/memo/padStore.ts';
import type { PadRole } from '#domain/memo/role.ts';
import {
  inviteAttributes,
  inviteRowKey,
  memberAttributes,
  memberRowKey,
  padAttributes,
  padRowKey,
  readInviteRow,
  readMemberRow,
  readPadRow,
} from './padRow.ts';

export type Item = Record<string, AttributeValue>;

export const padItemKey = (padId: string): Item => marshall(padRowKey(padId));

export const memberItemKey = (key: MembershipKey): Item => marshall(memberRowKey(key));

export const inviteItemKey = (padId: string, inviteId: string): Item =>
  marshall(inviteRowKey(padId, inviteId));

export function toPadItem(pad: PadRecord): Item {
  return marshall({ ...padRowKey(pad.id), ...padAttributes(pad) });
}

/** Null for a missing row and for a tombstone. */
export function readPadItem(item: Item | undefined): PadRecord | null {
  return readPadRow(item && unmarshall(item));
}

export function toMemberItem(key: MembershipKey, role: PadRole, since: string): Item {
  return marshall({ ...memberRowKey(key), ...memberAttributes(key.userId, role, since) });
}

export function readMemberItem(item: Item): PadMember {
  return readMemberRow(unmarshall(item));
}

export function toInviteItem(invite: InviteRecord): Item {
  return marshall({ ...inviteRowKey(invite.padId, invite.id), ...inviteAttributes(invite) });
}

export function readInviteItem(item: Item): InviteRecord {
  return readInviteRow(unmarshall(item));
}

import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { MAX_MEMBERS, type PadRecord } from '#domain/memo/pad.ts';
import type { MembershipKey } from '#domain/memo/padStore.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { inviteItemKey, memberItemKey, padItemKey, toMemberItem, toPadItem } from './padItem.ts';

const IS_NEW = 'attribute_not_exists(PK)';

export function addPad(TableName: string, pad: PadRecord): TransactWriteItem {
  return { Put: { TableName, Item: toPadItem(pad), ConditionExpression: IS_NEW } };
}

/** Fails for a user who is a member already. */
export function addMember(
  TableName: string,
  key: MembershipKey,
  { role, since }: { readonly role: PadRole; readonly since: string },
): TransactWriteItem {
  return { Put: { TableName, Item: toMemberItem(key, role, since), ConditionExpression: IS_NEW } };
}

/** Fails when the member's role isn't `from`. */
export function changeMember(
  TableName: string,
  key: MembershipKey,
  { from, to }: { readonly from: PadRole; readonly to: PadRole },
): TransactWriteItem {
  return {
    Update: {
      TableName,
      Key: memberItemKey(key),
      UpdateExpression: 'SET #role = :to',
      ConditionExpression: '#role = :from',
      ExpressionAttributeNames: { '#role': 'role' },
      ExpressionAttributeValues: marshall({ ':from': from, ':to': to }),
    },
  };
}

/** Fails when the member's role isn't this one. */
export function dropMember(
  TableName: string,
  key: MembershipKey,
  role: PadRole,
): TransactWriteItem {
  return {
    Delete: {
      TableName,
      Key: memberItemKey(key),
      ConditionExpression: '#role = :role',
      ExpressionAttributeNames: { '#role': 'role' },
      ExpressionAttributeValues: marshall({ ':role': role }),
    },
  };
}

/** One that is gone already is fine. */
export function endInvites(
  TableName: string,
  padId: string,
  inviteIds: readonly string[],
): TransactWriteItem[] {
  return inviteIds.map((id) => ({ Delete: { TableName, Key: inviteItemKey(padId, id) } }));
}

export interface CountChange {
  /** How many members more or less. */
  readonly members: -1 | 0 | 1;
  /** How many OWNERs more or less. */
  readonly owners: number;
}

/** Fails when the pad is gone (a tombstone has no counts), is full or would lose its last OWNER. */
export function countMembers(
  TableName: string,
  padId: string,
  { members, owners }: CountChange,
): TransactWriteItem {
  return {
    Update: {
      TableName,
      Key: padItemKey(padId),
      UpdateExpression: 'ADD memberCount :members, ownerCount :owners',
      ConditionExpression: 'ownerCount >= :fewestOwners AND memberCount <= :mostMembers',
      ExpressionAttributeValues: marshall({
        ':members': members,
        ':owners': owners,
        ':fewestOwners': Math.max(1, 1 - owners),
        ':mostMembers': MAX_MEMBERS - members,
      }),
    },
  };
}

/** How many OWNERs a member of this role makes. */
export function ownersIn(role: PadRole): number {
  return role === 'OWNER' ? 1 : 0;
}

/** Makes a pad a tombstone. Fails when it has another number of members. */
export function buryPad(
  TableName: string,
  padId: string,
  { memberCount, deletedAt }: { readonly memberCount: number; readonly deletedAt: string },
): TransactWriteItem {
  return {
    Update: {
      TableName,
      Key: padItemKey(padId),
      UpdateExpression: 'SET deletedAt = :now REMOVE #name, memberCount, ownerCount',
      ConditionExpression: 'memberCount = :memberCount',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: marshall({ ':now': deletedAt, ':memberCount': memberCount }),
    },
  };
}

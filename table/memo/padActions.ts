/**
 * The writes of pads, members and invites, each of one row, with the conditions that keep a pad's counts
 * true. Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import type { Acceptance } from '#domain/memo/inviteStore.ts';
import { MAX_MEMBERS, type PadMember, type PadRecord } from '#domain/memo/pad.ts';
import type { MembershipKey } from '#domain/memo/padStore.ts';
import type { PadRole } from '#domain/memo/role.ts';
import {
  inviteRowKey,
  memberAttributes,
  memberRowKey,
  padAttributes,
  padRowKey,
} from './padRow.ts';
import type { Expression, TableWrite, UpdateRow } from './tableWrite.ts';

const IS_NEW: Expression = { expression: 'attribute_not_exists(PK)' };
export const IS_THERE: Expression = { expression: 'attribute_exists(PK)' };

/** A pad with its first member, an OWNER since it was made. */
export function creatingPad(pad: PadRecord, ownerId: string): TableWrite[] {
  const attributes = padAttributes(pad);
  return [
    { operation: 'PutItem', key: padRowKey(pad.id), attributes, condition: IS_NEW },
    addMember({ padId: pad.id, userId: ownerId }, 'OWNER', pad.createdAt),
  ];
}

/** Fails when the pad is gone: a tombstone has no counts. */
export function renamingPad(padId: string, name: string): UpdateRow {
  return {
    operation: 'UpdateItem',
    key: padRowKey(padId),
    update: {
      expression: 'SET #name = :name',
      names: { '#name': 'name' },
      values: { ':name': name },
    },
    condition: { expression: 'memberCount > :none', values: { ':none': 0 } },
  };
}

/** Drops these members, if they are exactly all there are, and makes the pad a tombstone. */
export function deletingPad(
  padId: string,
  members: readonly PadMember[],
  deletedAt: string,
): TableWrite[] {
  const dropping = members.map(({ userId, role }) => dropMember({ padId, userId }, role));
  return [...dropping, buryPad(padId, members.length, deletedAt)];
}

/** Gives a member another role and ends these invites. Fails when nobody would be left to run the pad. */
export function changingRole(
  key: MembershipKey,
  from: PadRole,
  to: PadRole,
  inviteIds: readonly string[],
): TableWrite[] {
  const owners = ownersIn(to) - ownersIn(from);
  return [
    changeMember(key, from, to),
    ...(owners === 0 ? [] : [countMembers(key.padId, 0, owners)]),
    ...endInvites(key.padId, inviteIds),
  ];
}

/** Takes a member out and ends these invites. Fails when nobody would be left to run the pad. */
export function removingMember(
  key: MembershipKey,
  role: PadRole,
  inviteIds: readonly string[],
): TableWrite[] {
  return [
    dropMember(key, role),
    countMembers(key.padId, -1, -ownersIn(role)),
    ...endInvites(key.padId, inviteIds),
  ];
}

/** The invite not revoked, the member new, the pad there and not full: all of it, or nothing happens. */
export function acceptingInvite({ invite, userId, since }: Acceptance): TableWrite[] {
  const { padId, id, role } = invite;
  return [
    { operation: 'ConditionCheck', key: inviteRowKey(padId, id), condition: IS_THERE },
    addMember({ padId, userId }, role, since),
    countMembers(padId, 1, ownersIn(role)),
  ];
}

/** Fails for a user who is a member already. */
function addMember(key: MembershipKey, role: PadRole, since: string): TableWrite {
  const attributes = memberAttributes(key.userId, role, since);
  return { operation: 'PutItem', key: memberRowKey(key), attributes, condition: IS_NEW };
}

/** Fails when the member's role isn't `from`. */
function changeMember(key: MembershipKey, from: PadRole, to: PadRole): TableWrite {
  return {
    operation: 'UpdateItem',
    key: memberRowKey(key),
    update: { expression: 'SET #role = :to', names: { '#role': 'role' }, values: { ':to': to } },
    condition: {
      expression: '#role = :from',
      names: { '#role': 'role' },
      values: { ':from': from },
    },
  };
}

/** Fails when the member's role isn't this one. */
function dropMember(key: MembershipKey, role: PadRole): TableWrite {
  return {
    operation: 'DeleteItem',
    key: memberRowKey(key),
    condition: {
      expression: '#role = :role',
      names: { '#role': 'role' },
      values: { ':role': role },
    },
  };
}

/** One that is gone already is fine. */
function endInvites(padId: string, inviteIds: readonly string[]): TableWrite[] {
  return inviteIds.map((id) => ({ operation: 'DeleteItem', key: inviteRowKey(padId, id) }));
}

/**
 * So many members and OWNERs more or less. Fails when the pad is gone (a tombstone has no counts), is
 * full or would lose its last OWNER.
 */
function countMembers(padId: string, members: -1 | 0 | 1, owners: number): TableWrite {
  return {
    operation: 'UpdateItem',
    key: padRowKey(padId),
    update: {
      expression: 'ADD memberCount :members, ownerCount :owners',
      values: { ':members': members, ':owners': owners },
    },
    condition: {
      expression: 'ownerCount >= :fewestOwners AND memberCount <= :mostMembers',
      values: {
        ':fewestOwners': Math.max(1, 1 - owners),
        ':mostMembers': MAX_MEMBERS - members,
      },
    },
  };
}

/** How many OWNERs a member of this role makes. */
function ownersIn(role: PadRole): number {
  return role === 'OWNER' ? 1 : 0;
}

/** Makes a pad a tombstone. Fails when it has another number of members. */
function buryPad(padId: string, memberCount: number, deletedAt: string): TableWrite {
  return {
    operation: 'UpdateItem',
    key: padRowKey(padId),
    update: {
      expression: 'SET deletedAt = :now REMOVE #name, memberCount, ownerCount',
      names: { '#name': 'name' },
      values: { ':now': deletedAt },
    },
    condition: {
      expression: 'memberCount = :memberCount',
      values: { ':memberCount': memberCount },
    },
  };
}

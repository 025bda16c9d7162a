import {
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { PadStore } from '#domain/memo/padStore.ts';
import type { Table } from '#table/dynamoDb.ts';
import type { Pause } from '#table/pause.ts';
import { writeUnlessChanged } from './conditionalWrite.ts';
import {
  addMember,
  addPad,
  buryPad,
  changeMember,
  countMembers,
  dropMember,
  endInvites,
  ownersIn,
} from './padActions.ts';
import { padItemKey } from './padItem.ts';

type PadWrites = Pick<
  PadStore,
  'createPad' | 'renamePad' | 'deletePad' | 'changeRole' | 'removeMember'
>;

/**
 * Each is one write, on condition that its rows are as they were read. A pad's counts change in the
 * same write as the member rows they count, so that what a write must know of all members (are these
 * all? is an OWNER left?) is a condition on the pad's row.
 */
export function createPadWrites({ dynamoDb, tableName }: Table, pause: Pause): PadWrites {
  const transact = (TransactItems: TransactWriteItem[]) =>
    writeUnlessChanged(
      () => dynamoDb.send(new TransactWriteItemsCommand({ TransactItems })),
      pause,
    );
  return {
    createPad: (pad, ownerId) => {
      const owner = { role: 'OWNER', since: pad.createdAt } as const;
      return transact([
        addPad(tableName, pad),
        addMember(tableName, { padId: pad.id, userId: ownerId }, owner),
      ]);
    },
    renamePad: (padId, name) => {
      const renaming = new UpdateItemCommand(renamingOf(tableName, padId, name));
      return writeUnlessChanged(() => dynamoDb.send(renaming), pause);
    },
    deletePad: (padId, members, deletedAt) =>
      transact([
        ...members.map(({ userId, role }) => dropMember(tableName, { padId, userId }, role)),
        buryPad(tableName, padId, { memberCount: members.length, deletedAt }),
      ]),
    changeRole: (key, from, to, inviteIds = []) => {
      const owners = ownersIn(to) - ownersIn(from);
      const counting = countMembers(tableName, key.padId, { members: 0, owners });
      const change = changeMember(tableName, key, { from, to });
      const ending = endInvites(tableName, key.padId, inviteIds);
      return transact([change, ...(owners === 0 ? [] : [counting]), ...ending]);
    },
    removeMember: (key, role, inviteIds = []) =>
      transact([
        dropMember(tableName, key, role),
        countMembers(tableName, key.padId, { members: -1, owners: -ownersIn(role) }),
        ...endInvites(tableName, key.padId, inviteIds),
      ]),
  };
}

function renamingOf(TableName: string, padId: string, name: string): UpdateItemCommandInput {
  return {
    TableName,
    Key: padItemKey(padId),
    UpdateExpression: 'SET #name = :name',
    ConditionExpression: 'memberCount > :none',
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: marshall({ ':name': name, ':none': 0 }),
  };
}

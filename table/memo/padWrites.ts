import { TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { PadStore } from '#domain/memo/padStore.ts';
import type { Table } from '#table/dynamoDb.ts';
import type { Pause } from '#table/pause.ts';
import { writeUnlessChanged } from './conditionalWrite.ts';
import {
  changingRole,
  creatingPad,
  deletingPad,
  removingMember,
  renamingPad,
} from './padActions.ts';
import { padItemKey } from './padItem.ts';
import type { TableWrite } from './tableWrite.ts';
import { transactItem, updateOf } from './transactItem.ts';

type PadWrites = Pick<
  PadStore,
  'createPad' | 'renamePad' | 'deletePad' | 'changeRole' | 'removeMember'
>;

/**
 * Each is one write, on condition that its rows are as they were read. A pad's counts change in the
 * same write as the member rows they count, so that what a write must know of all members (are these
 * all? is an OWNER left?) is a condition on the pad's row.
 */
export function createPadWrites(table: Table, pause: Pause): PadWrites {
  const transact = (writes: readonly TableWrite[]) =>
    writeUnlessChanged(() => transactRows(table, writes), pause);
  return {
    createPad: (pad, ownerId) => transact(creatingPad(pad, ownerId)),
    renamePad: (padId, name) => writeUnlessChanged(() => rename(table, padId, name), pause),
    deletePad: (padId, members, deletedAt) => transact(deletingPad(padId, members, deletedAt)),
    changeRole: (key, from, to, inviteIds = []) => transact(changingRole(key, from, to, inviteIds)),
    removeMember: (key, role, inviteIds = []) => transact(removingMember(key, role, inviteIds)),
  };
}

/** All of them, or none. */
export function transactRows(
  { dynamoDb, tableName }: Table,
  writes: readonly TableWrite[],
): Promise<unknown> {
  const TransactItems = writes.map((write) => transactItem(tableName, write));
  return dynamoDb.send(new TransactWriteItemsCommand({ TransactItems }));
}

function rename({ dynamoDb, tableName }: Table, padId: string, name: string): Promise<unknown> {
  const { update, condition } = renamingPad(padId, name);
  return dynamoDb.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: padItemKey(padId),
      ...updateOf(update, condition),
    }),
  );
}

import { marshall } from '@aws-sdk/util-dynamodb';
import { padSeenAs } from '#domain/memo/pad.ts';
import type { Membership, PadStore } from '#domain/memo/padStore.ts';
import type { PadRole } from '#domain/memo/role.ts';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { MEMBER_PREFIX, padIdOfKey, padKey } from '#table/keys.ts';
import { type Pause, pauseAtRandom } from '#table/pause.ts';
import { BY_MEMBER } from '#table/tables.ts';
import { type Item, memberItemKey, padItemKey, readMemberItem, readPadItem } from './padItem.ts';
import { createPadWrites } from './padWrites.ts';
import { queryAll, readItem, readItems } from './readItems.ts';

/** The shared pads and their members on DynamoDB. */
export function createPadStore(table: Table, pause: Pause = pauseAtRandom): PadStore {
  const readAll = (keys: readonly Item[]) => readItems(table, keys, pause);
  return inDomainWords<PadStore>({
    ...createPadWrites(table, pause),
    pad: async (padId) => readPadItem(await readItem(table, padItemKey(padId))),
    pads: async (padIds) => (await readAll(padIds.map(padItemKey))).map(readPadItem),
    role: async (padId, userId) =>
      readRole(await readItem(table, memberItemKey({ padId, userId }))),
    roles: async (keys) => (await readAll(keys.map(memberItemKey))).map(readRole),
    listMembers: async (padId) => (await queryMembers(table, padId)).map(readMemberItem),
    countPads: async (userId) => (await queryPadIds(table, userId)).length,
    memberships: async (userId) => {
      const padIds = await queryPadIds(table, userId);
      const keys = padIds.flatMap((padId) => [padItemKey(padId), memberItemKey({ padId, userId })]);
      return toMemberships(await readAll(keys));
    },
  });
}

function readRole(item: Item | undefined): PadRole | null {
  return item ? readMemberItem(item).role : null;
}

function queryMembers(table: Table, padId: string): Promise<Item[]> {
  return queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'PK = :pad AND begins_with(SK, :member)',
    ExpressionAttributeValues: marshall({ ':pad': padKey(padId), ':member': MEMBER_PREFIX }),
  });
}

/** The index may lag: it only names candidates. */
async function queryPadIds(table: Table, userId: string): Promise<string[]> {
  const items = await queryAll(table, {
    IndexName: BY_MEMBER,
    KeyConditionExpression: '#member = :user',
    ExpressionAttributeNames: { '#member': 'member' },
    ExpressionAttributeValues: marshall({ ':user': userId }),
  });
  return items.map(({ PK }) => padIdOfKey(PK?.S ?? ''));
}

/** From pad rows each followed by the user's member row. */
function toMemberships(items: readonly (Item | undefined)[]): Membership[] {
  return items.flatMap((item, index) => {
    const [pad, memberItem] = [readPadItem(item), items[index + 1]];
    if (index % 2 === 1 || !pad || !memberItem) return [];
    const { role, since } = readMemberItem(memberItem);
    return [{ pad: padSeenAs(role, pad), since }];
  });
}

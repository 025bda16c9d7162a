import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type InviteRecord, isOpenAt } from '#domain/memo/invite.ts';
import type { InviteStore } from '#domain/memo/inviteStore.ts';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { INVITE_PREFIX, padKey } from '#table/keys.ts';
import { type Pause, pauseAtRandom } from '#table/pause.ts';
import { wasSentAgain } from '#table/sentAgain.ts';
import { writeUnlessChanged } from './conditionalWrite.ts';
import { acceptingInvite, IS_THERE } from './padActions.ts';
import { inviteItemKey, readInviteItem, toInviteItem } from './padItem.ts';
import { transactRows } from './padWrites.ts';
import { queryAll, readItem } from './readItems.ts';

/** Pads' invites on DynamoDB, which deletes expired rows some time later: here they are gone on time. */
export function createInviteStore(table: Table, pause: Pause = pauseAtRandom): InviteStore {
  const { dynamoDb, tableName } = table;
  return inDomainWords<InviteStore>({
    createInvite: async (invite) => {
      await dynamoDb.send(new PutItemCommand({ TableName: tableName, Item: toInviteItem(invite) }));
    },
    invite: async (padId, inviteId, now) => {
      const item = await readItem(table, inviteItemKey(padId, inviteId));
      const invite = item ? readInviteItem(item) : null;
      return invite && isOpenAt(now, invite) ? invite : null;
    },
    listInvites: async (padId, now) => {
      const kept = await queryInvites(table, padId);
      return kept.filter((invite) => isOpenAt(now, invite));
    },
    revokeInvite: (padId, inviteId) => {
      const revoking = new DeleteItemCommand({
        TableName: tableName,
        Key: inviteItemKey(padId, inviteId),
        ConditionExpression: IS_THERE.expression,
      });
      return writeUnlessChanged(() => dynamoDb.send(revoking).catch(unlessSentAgain), pause);
    },
    acceptInvite: (acceptance) =>
      writeUnlessChanged(() => transactRows(table, acceptingInvite(acceptance)), pause),
  });
}

/** An invite that is gone when its revocation is sent again is revoked. */
function unlessSentAgain(error: unknown): void {
  if (!wasSentAgain(error)) throw error;
}

async function queryInvites(table: Table, padId: string): Promise<InviteRecord[]> {
  const items = await queryAll(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'PK = :pad AND begins_with(SK, :invite)',
    ExpressionAttributeValues: marshall({ ':pad': padKey(padId), ':invite': INVITE_PREFIX }),
  });
  return items.map(readInviteItem);
}

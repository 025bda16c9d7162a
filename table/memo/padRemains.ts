import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { PAD_SORT_KEY, padKey } from '#table/keys.ts';
import { padItemKey } from './padItem.ts';
import { readItem } from './readItems.ts';

/** What is left of a deleted pad, which nobody reaches any more. */
export interface PadRemains {
  /** Removes at most so many of a deleted pad's memos and invites; MORE when there may be more. A pad that isn't deleted stays as it is. */
  removeSome(padId: string, atMost: number): Promise<'MORE' | 'NONE'>;
}

/** Deletions in flight at once. */
const CONCURRENT = 10;

export function createPadRemains(table: Table): PadRemains {
  return inDomainWords<PadRemains>({
    async removeSome(padId, atMost) {
      const pad = await readItem(table, padItemKey(padId));
      if (!pad?.deletedAt) return 'NONE';
      const { dynamoDb, tableName: TableName } = table;
      const { Items: found = [], LastEvaluatedKey: last } = await dynamoDb.send(
        new QueryCommand({
          TableName,
          ConsistentRead: true,
          // Invites, members and memos sort before the pad itself, whose tombstone stays.
          KeyConditionExpression: 'PK = :pad AND SK < :self',
          ExpressionAttributeValues: { ':pad': { S: padKey(padId) }, ':self': { S: PAD_SORT_KEY } },
          ProjectionExpression: 'PK, SK',
          Limit: atMost,
        }),
      );
      const waiting = found.values();
      const worker = async (): Promise<void> => {
        for (const Key of waiting) await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
      };
      await Promise.all(Array.from({ length: CONCURRENT }, worker));
      return last ? 'MORE' : 'NONE';
    },
  });
}

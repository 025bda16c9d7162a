import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Clock, epochSeconds } from '#domain/clock.ts';
import type { Table } from '#table/dynamoDb.ts';
import type { Pause } from '#table/pause.ts';
import { wasSentAgain } from '#table/sentAgain.ts';
import { write } from './conflicts.ts';
import type { Item } from './subscriptionItem.ts';

/** Rows that come and go, each with its end in `t`. */
export interface Rows {
  /** Deletes an item, if it is there. */
  readonly drop: (key: Item) => Promise<void>;
  /** Writes an item where there is none, or one that has ended; otherwise gives what is there. */
  readonly putNew: (item: Item) => Promise<Item | null>;
}

export function createRows(
  { dynamoDb, tableName: TableName }: Table,
  clock: Clock,
  pause: Pause,
): Rows {
  return {
    async drop(Key) {
      await write(() => dynamoDb.send(new DeleteItemCommand({ TableName, Key })), pause);
    },
    async putNew(Item) {
      const put = new PutItemCommand({
        TableName,
        Item,
        ConditionExpression: 'attribute_not_exists(PK) OR t <= :now',
        ExpressionAttributeValues: { ':now': { N: String(epochSeconds(clock())) } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      let inTheWay: Item | null = null;
      const send = () =>
        dynamoDb.send(put).catch((error: unknown) => {
          if (error instanceof ConditionalCheckFailedException) inTheWay = seenIn(error, Item);
          throw error;
        });
      const failed = await write(send, pause);
      return failed ? inTheWay : null;
    },
  };
}

/** What is in the way; nothing when it is the item itself, whose first sending got through. */
function seenIn(error: ConditionalCheckFailedException, item: Item): Item | null {
  const found = error.Item ?? {};
  const isSame = Object.entries(item).every(
    ([name, value]) => JSON.stringify(found[name]) === JSON.stringify(value),
  );
  return wasSentAgain(error) && isSame ? null : found;
}

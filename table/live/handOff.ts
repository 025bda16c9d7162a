import {
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Table } from '#table/dynamoDb.ts';
import type { Pause } from '#table/pause.ts';
import { wasSentAgain } from '#table/sentAgain.ts';
import { changeItemKey } from './changeItem.ts';
import { write } from './conflicts.ts';
import { watcherItemKey } from './subscriptionItem.ts';
import type { SubscriptionKey, SubscriptionStore } from './subscriptions.ts';

type HandOffs = Pick<SubscriptionStore, 'goLive' | 'goLiveWithOverlap'>;

/** How a subscription passes from whoever replays the log to it over to the drains. */
export function createHandOff({ dynamoDb, tableName }: Table, pause: Pause): HandOffs {
  return {
    async goLive(key, fromSeq) {
      // The change that is not there yet will find the subscription live, because drains look for
      // watchers after they have read the log: neither can miss the other.
      const notYet: TransactWriteItem = {
        ConditionCheck: {
          TableName: tableName,
          Key: changeItemKey(key.padId, fromSeq),
          ConditionExpression: 'attribute_not_exists(PK)',
        },
      };
      const TransactItems = [notYet, { Update: turn(tableName, key, fromSeq) }];
      const send = () => dynamoDb.send(new TransactWriteItemsCommand({ TransactItems }));
      const failed = await write(send, pause);
      if (!failed) return 'LIVE';
      return failed[1] ? 'GONE' : 'MORE';
    },
    async goLiveWithOverlap(key, fromSeq) {
      const update = new UpdateItemCommand({
        ...turn(tableName, key, fromSeq),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      let isDone = false;
      const send = () =>
        dynamoDb.send(update).catch((error: unknown) => {
          // What is in the way is this very update, whose first sending got through.
          isDone = wasSentAgain(error) && error.Item?.f?.N === String(fromSeq);
          throw error;
        });
      const failed = await write(send, pause);
      return failed && !isDone ? 'GONE' : 'LIVE';
    },
  };
}

function turn(TableName: string, key: SubscriptionKey, fromSeq: number): Update {
  return {
    TableName,
    Key: watcherItemKey(key),
    UpdateExpression: 'SET f = :from',
    ConditionExpression: 'attribute_exists(PK) AND attribute_not_exists(f)',
    ExpressionAttributeValues: { ':from': { N: String(fromSeq) } },
  };
}

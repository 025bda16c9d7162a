import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  TransactWriteItemsCommand,
  type UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Clock, epochSeconds } from '#domain/clock.ts';
import { NO_LOG } from '#domain/memo/changeCursor.ts';
import type { ChangeLog, LoggedChange, LogHead } from '#domain/memo/changeLog.ts';
import type { Table } from '#table/dynamoDb.ts';
import { inDomainWords } from '#table/inDomainWords.ts';
import { type Pause, pauseAtRandom } from '#table/pause.ts';
import { headItemKey, type Item, rowOfItem, toChangeItem } from './changeItem.ts';
import { readChangeRows } from './changeRow.ts';
import { write } from './conflicts.ts';
import { foreignMark, headMove, toldMark } from './headWrites.ts';
import { afterKey, logKey } from './keys.ts';

/** How long a change is told, in seconds: 7 days. */
export const CHANGE_TTL_SECONDS = 7 * 24 * 60 * 60;

/** A log's end as it is kept: a cache of what the log itself says, never ahead of it. */
export interface StoredHead extends LogHead {
  /** The greatest source among the changes up to here that came from the pad's own records; empty for none. */
  readonly lastSource: string;
  /** Up to here watchers were sent everything over the socket. */
  readonly pushed: number;
  /** Up to here everything was published through AppSync; 0 where there is no such door. */
  readonly published: number;
}

/** APPENDED, or TAKEN: another change has this number already, read it and go on behind it. */
export type AppendOutcome = 'APPENDED' | 'TAKEN';

/** What the sequencer and drains do with change logs, beside reading them. */
export interface ChangeLogWrites {
  storedHead(padId: string): Promise<StoredHead>;
  /** The commit of a change: one conditional write. */
  append(change: LoggedChange): Promise<AppendOutcome>;
  /** Like `append`, for a change that comes from a record of `aboutPadId`; KNOWN when that record is in this log already. */
  appendForeign(change: LoggedChange): Promise<AppendOutcome | 'KNOWN'>;
  /** Moves the head up to here, unless it is further already. */
  moveHead(padId: string, head: Omit<StoredHead, 'pushed' | 'published'>): Promise<void>;
  /** Notes that watchers were sent everything up to `seq`, unless it is noted of more already. */
  markPushed(padId: string, seq: number): Promise<void>;
  /** Notes that everything up to `seq` was published, unless it is noted of more already. */
  markPublished(padId: string, seq: number): Promise<void>;
}

/** The change logs on DynamoDB. */
export function createChangeLog(
  table: Table,
  clock: Clock = Date.now,
  pause: Pause = pauseAtRandom,
): ChangeLog & ChangeLogWrites {
  const { dynamoDb, tableName } = table;
  const putOf = (change: LoggedChange) => ({
    TableName: tableName,
    Item: toChangeItem(change, epochSeconds(clock()) + CHANGE_TTL_SECONDS),
    ConditionExpression: 'attribute_not_exists(PK)',
  });
  const note = async (update: UpdateItemCommand): Promise<void> => {
    await write(() => dynamoDb.send(update), pause);
  };
  return inDomainWords<ChangeLog & ChangeLogWrites>({
    head: (padId) => readHead(table, padId),
    storedHead: (padId) => readHead(table, padId),
    read: (padId, afterSeq, limit) => read(table, { padId, afterSeq, limit, clock }),
    async append(change) {
      const put = new PutItemCommand(putOf(change));
      return (await write(() => dynamoDb.send(put), pause)) ? 'TAKEN' : 'APPENDED';
    },
    async appendForeign(change) {
      const mark = foreignMark(tableName, change, epochSeconds(clock()) + CHANGE_TTL_SECONDS);
      const TransactItems = [{ Put: putOf(change) }, { Update: mark }];
      const send = () => dynamoDb.send(new TransactWriteItemsCommand({ TransactItems }));
      const failed = await write(send, pause);
      if (!failed) return 'APPENDED';
      return failed[1] ? 'KNOWN' : 'TAKEN';
    },
    moveHead: (padId, head) => note(headMove(tableName, padId, head)),
    markPushed: (padId, seq) => note(toldMark(tableName, padId, 'p', seq)),
    markPublished: (padId, seq) => note(toldMark(tableName, padId, 'a', seq)),
  });
}

async function readHead({ dynamoDb, tableName }: Table, padId: string): Promise<StoredHead> {
  const key = { TableName: tableName, Key: headItemKey(padId), ConsistentRead: true };
  const { Item: item } = await dynamoDb.send(new GetItemCommand(key));
  return {
    epoch: item?.e?.S ?? NO_LOG.epoch,
    seq: Number(item?.n?.N ?? NO_LOG.seq),
    lastSource: item?.s?.S ?? '',
    pushed: Number(item?.p?.N ?? 0),
    published: Number(item?.a?.N ?? 0),
  };
}

interface Reading {
  readonly padId: string;
  readonly afterSeq: number;
  readonly limit: number;
  readonly clock: Clock;
}

async function read(table: Table, reading: Reading): Promise<LoggedChange[]> {
  const rows = (await queryItems(table, reading)).map(rowOfItem);
  return readChangeRows(reading.padId, rows, epochSeconds(reading.clock()));
}

async function queryItems(
  { dynamoDb, tableName }: Table,
  { padId, afterSeq, limit }: Reading,
): Promise<Item[]> {
  const items: Item[] = [];
  let next: Item | undefined;
  do {
    const page: QueryCommandOutput = await dynamoDb.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'PK = :log AND SK > :after',
        ExpressionAttributeValues: {
          ':log': { S: logKey(padId) },
          ':after': { S: afterKey(afterSeq) },
        },
        Limit: limit - items.length,
        ExclusiveStartKey: next,
      }),
    );
    items.push(...(page.Items ?? []));
    next = page.LastEvaluatedKey;
  } while (next && items.length < limit);
  return items;
}

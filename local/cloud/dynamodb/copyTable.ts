import { createTable, setStream } from './createTables.ts';
import type { CallEngine } from './engineApi.ts';
import { findTable } from './findTable.ts';

export interface CopyTableOptions {
  readonly from: CallEngine;
  readonly to: CallEngine;
  readonly tableName: string;
  /** Hears how many items have been copied since it was told last. */
  readonly onCopied: (items: number) => void;
}

/** Copies a table into another engine, its stream without what is in it. Rejects unless every item has arrived. */
export async function copyTable(options: CopyTableOptions): Promise<void> {
  const { from, to, tableName } = options;
  const table = await findTable(from, tableName);
  if (!table) throw new Error(`Expected a table ${tableName} to copy.`);
  await createTable(to, { ...table, streamed: false });
  const copied = await copyItems(options);
  const arrived = await countItems(to, tableName);
  if (arrived !== copied) {
    throw new Error(`Expected ${copied} items in the copy of ${tableName}, got ${arrived}.`);
  }
  if (table.streamed) await setStream(to, tableName, true);
}

/** What BatchWriteItem takes: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const ITEMS_AT_ONCE = 25;

async function copyItems({ from, to, tableName, onCopied }: CopyTableOptions): Promise<number> {
  let copied = 0;
  for await (const { Items } of scan(from, tableName, {})) {
    const requests = (Items as readonly unknown[]).map((Item) => ({ PutRequest: { Item } }));
    for (let at = 0; at < requests.length; at += ITEMS_AT_ONCE) {
      const RequestItems = { [tableName]: requests.slice(at, at + ITEMS_AT_ONCE) };
      const { UnprocessedItems } = await to('BatchWriteItem', { RequestItems });
      if (Object.keys(Object(UnprocessedItems)).length > 0) {
        throw new Error(`Expected all items of ${tableName} to be copied, some were left.`);
      }
    }
    copied += requests.length;
    onCopied(requests.length);
  }
  return copied;
}

async function countItems(call: CallEngine, tableName: string): Promise<number> {
  let count = 0;
  for await (const { Count } of scan(call, tableName, { Select: 'COUNT' })) count += Number(Count);
  return count;
}

/** Page after page. */
async function* scan(call: CallEngine, TableName: string, rest: object) {
  for (let ExclusiveStartKey: unknown, isFirst = true; isFirst || ExclusiveStartKey; ) {
    const page = await call('Scan', {
      TableName,
      ExclusiveStartKey,
      ConsistentRead: true,
      ...rest,
    });
    yield page;
    ExclusiveStartKey = page.LastEvaluatedKey;
    isFirst = false;
  }
}

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

/** A transaction is one write to the disk; a batch would be one for each of its items. It takes 100 of them, 4 MB together. */
const ITEMS_AT_ONCE = 100;
const CHARACTERS_AT_ONCE = 1_000_000;

async function copyItems({ from, to, tableName, onCopied }: CopyTableOptions): Promise<number> {
  let copied = 0;
  for await (const { Items } of scan(from, tableName, {})) {
    for (const items of inParts(Items as readonly object[])) {
      const TransactItems = items.map((Item) => ({ Put: { TableName: tableName, Item } }));
      await to('TransactWriteItems', { TransactItems });
      copied += items.length;
      onCopied(items.length);
    }
  }
  return copied;
}

function* inParts(items: readonly object[]): Generator<object[]> {
  let part: object[] = [];
  let characters = 0;
  for (const item of items) {
    part.push(item);
    characters += JSON.stringify(item).length;
    if (part.length < ITEMS_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue;
    yield part;
    part = [];
    characters = 0;
  }
  if (part.length > 0) yield part;
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

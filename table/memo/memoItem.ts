import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Memo, MemoSummary } from '#domain/memo/memo.ts';
import type { MemoKey } from '#domain/memo/memoId.ts';
import { type MemoRow, memoRowKey, readMemoRow, readSummaryRow, toMemoRow } from './memoRow.ts';

export type Item = Record<string, AttributeValue>;

export function memoItemKey(key: MemoKey): Item {
  return marshall(memoRowKey(key));
}

/** A memo as it is kept: see toMemoRow. */
export function toMemoItem(memo: Memo): Item {
  return marshall(toMemoRow(memo));
}

/** Null for a missing row and for a tombstone. */
export function readMemoItem(item: Item | undefined): Memo | null {
  return readMemoRow(item && rowOf(item));
}

/** A row of the index, or of the table. Null for one without a place: a tombstone. */
export function readSummaryItem(item: Item): MemoSummary | null {
  return readSummaryRow(rowOf(item));
}

const rowOf = (item: Item): MemoRow => unmarshall(item) as MemoRow;

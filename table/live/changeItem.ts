import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { type ChangeRow, toChangeRow } from './changeRow.ts';
import { headKey, logKey, ONLY, seqKey } from './keys.ts';

export type Item = Record<string, AttributeValue>;

export const headItemKey = (padId: string): Item => ({
  PK: { S: headKey(padId) },
  SK: { S: ONLY },
});

/** What came last into a pad's log from another pad. */
export const foreignItemKey = (padId: string, fromPadId: string): Item => ({
  PK: { S: headKey(padId) },
  SK: { S: fromPadId },
});

export const changeItemKey = (padId: string, seq: number): Item => ({
  PK: { S: logKey(padId) },
  SK: { S: seqKey(seq) },
});

/** @param endsAt when it may go, in seconds since 1970 */
export function toChangeItem(change: LoggedChange, endsAt: number): Item {
  return marshall(toChangeRow(change, endsAt));
}

/** An item of the change log as plain values. */
export function rowOfItem(item: Item): ChangeRow {
  return unmarshall(item) as ChangeRow;
}

import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Memo } from '#domain/memo/memo.ts';
import { readMemoItem, toMemoItem } from '#table/memo/memoItem.ts';
import { readMemoRow, readSummaryRow, toMemoRow } from '#table/memo/memoRow.ts';
import { BY_CHANGE, MEMO_TABLE } from '#table/tables.ts';
import { aSummary, aText } from '#tests/support/memoArbitraries.ts';

const aMemo: fc.Arbitrary<Memo> = fc
  .record({ summary: aSummary, body: aText })
  .map(({ summary, body }) => ({ ...summary, body }));

describe("a memo's row", () => {
  test('reads as the memo it was made of, whichever door wrote it', () => {
    fc.assert(
      fc.property(aMemo, (memo) => {
        // AppSync turns plain values into DynamoDB's and back as marshall and unmarshall do.
        const written = marshall(toMemoRow(memo));
        expect(readMemoRow(unmarshall(written) as never)).toEqual(memo);
        expect(readMemoItem(written)).toEqual(memo);
        expect(written).toEqual(toMemoItem(memo));
      }),
    );
  });

  test('of the index reads as the summary', () => {
    const index = MEMO_TABLE.localIndexes.find(({ name }) => name === BY_CHANGE);
    const projected = ['PK', 'SK', 'place', ...(index?.projected ?? [])];
    fc.assert(
      fc.property(aMemo, ({ body, ...summary }) => {
        const row = Object.entries(toMemoRow({ ...summary, body }));
        const seen = Object.fromEntries(row.filter(([name]) => projected.includes(name)));
        expect(readSummaryRow(seen as never)).toEqual(summary);
      }),
    );
  });

  test('that is none, or a tombstone, is no memo', () => {
    expect(readMemoRow(null)).toBeNull();
    expect(readMemoRow(undefined)).toBeNull();
    expect(readMemoRow({ PK: 'PAD#a', SK: 'MEMO#b', version: 3, ttl: 1 })).toBeNull();
  });
});

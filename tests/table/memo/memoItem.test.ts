import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Memo } from '#domain/memo/memo.ts';
import { memoItemKey, readMemoItem, readSummaryItem, toMemoItem } from '#table/memo/memoItem.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { aSummary, aText } from '#tests/support/memoArbitraries.ts';

const PAD = '01KG9P6JE00000000000000000';
const OTHER = '01KG9P6JE00000000000000001';
/** Its time is 2026-01-31T09:30:00.000Z. */
const ULID = '01KG9P6JE0N1M09740YSBZSW1H';

const plain: Memo = {
  id: `${PAD}.${ULID}`,
  padId: PAD,
  ulid: ULID,
  title: 'Plans',
  body: '',
  excerpt: '',
  tags: [],
  color: 'DEFAULT',
  pinned: false,
  state: 'ACTIVE',
  trashedAt: null,
  version: 1,
  createdAt: '2026-01-31T09:30:00.000Z',
  updatedAt: '2026-01-31T09:30:00.000Z',
  authorId: PAD,
  lastEditorId: PAD,
  taskCount: 0,
  doneTaskCount: 0,
  bodyBytes: 0,
};

const aMemo = fc
  .record({ summary: aSummary, body: aText, sameEditor: fc.boolean(), ownPad: fc.boolean() })
  .map(({ summary, body, sameEditor, ownPad }) => {
    const authorId = ownPad ? summary.padId : summary.authorId;
    const lastEditorId = sameEditor ? authorId : summary.lastEditorId;
    return { ...summary, body, authorId, lastEditorId };
  });

describe("a memo's item", () => {
  test('holds no more than can not be told from the rest', () => {
    expect(toMemoItem(plain)).toEqual({
      PK: { S: `PAD#${PAD}` },
      SK: { S: `MEMO#${ULID}` },
      place: { S: `A0#2026-01-31T09:30:00.000Z#${ULID}` },
      version: { N: '1' },
      title: { S: 'Plans' },
      body: { S: '' },
    });
  });

  test('holds everything else when it is there', () => {
    const full: Memo = {
      ...plain,
      body: '- [x] a',
      excerpt: 'a',
      tags: ['b', 'a'],
      color: 'RED',
      pinned: true,
      state: 'TRASHED',
      trashedAt: '2026-01-31T09:30:00.001Z',
      createdAt: '2020-01-01T00:00:00.000Z',
      authorId: OTHER,
      taskCount: 1,
      doneTaskCount: 1,
      bodyBytes: 7,
    };
    expect(toMemoItem(full)).toMatchObject({
      place: { S: `T1#2026-01-31T09:30:00.000Z#${ULID}` },
      excerpt: { S: 'a' },
      tags: { L: [{ S: 'b' }, { S: 'a' }] },
      color: { S: 'RED' },
      createdAt: { N: '1577836800000' },
      author: { S: OTHER },
      editor: { S: PAD },
      tasks: { N: '1' },
      doneTasks: { N: '1' },
      bytes: { N: '7' },
      trashedAt: { N: '1769851800001' },
      // 30 days, to the next whole second.
      ttl: { N: String(1_769_851_801 + 30 * 24 * 60 * 60) },
    });
  });

  test('gives every memo back as it was', () => {
    fc.assert(
      fc.property(aMemo, (memo) => {
        expect(readMemoItem(toMemoItem(memo))).toEqual(memo);
      }),
    );
  });

  test('gives the whole summary from what the index projects', () => {
    const [index] = MEMO_TABLE.localIndexes;
    const projected = new Set(['PK', 'SK', index!.sortKey, ...index!.projected]);
    fc.assert(
      fc.property(aMemo, ({ body, ...summary }) => {
        const item = Object.entries(toMemoItem({ ...summary, body }));
        const row = Object.fromEntries(item.filter(([name]) => projected.has(name)));
        expect(readSummaryItem(row)).toEqual(summary);
      }),
    );
  });

  test('is no memo without a place', () => {
    const tombstone = { ...memoItemKey(plain), version: { N: '2' }, purged: { BOOL: true } };
    expect(readMemoItem(tombstone)).toBeNull();
    expect(readMemoItem(undefined)).toBeNull();
  });
});

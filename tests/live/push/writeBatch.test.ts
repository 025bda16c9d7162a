import { describe, expect, test } from '@jest/globals';
import { readSubscription } from '#live/push/readSubscription.ts';
import { makeRunnable } from '#live/push/runnable.ts';
import { type Told, writeBatch } from '#live/push/writeBatch.ts';

const EPOCH = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const shapeOf = (selection: string) =>
  makeRunnable(
    readSubscription({ query: `subscription { memoChanges(padId: "P") { ${selection} } }` })
      .document,
  );
const SHAPE = shapeOf('padId from to caughtUp reset changes { seq truncated memo { body } }');

const change = (seq: number, length = 1) => ({
  seq,
  truncated: false,
  memo: { body: 'x'.repeat(length) },
});

const told = (changes: readonly object[], rest: Partial<Told> = {}): Told => ({
  ...{ padId: 'P', reset: false, caughtUp: true, errors: [], batch: { changes } },
  from: { epoch: EPOCH, seq: 4 },
  to: { epoch: EPOCH, seq: 4 + changes.length },
  ...rest,
});

const write = (what: Told, afterSeq?: number, shape = SHAPE) =>
  writeBatch(what, shape, afterSeq).map((text) => JSON.parse(text));
const batches = (what: Told, afterSeq?: number) =>
  write(what, afterSeq).map(({ data }) => data.memoChanges);

describe('a batch', () => {
  test('is one payload when it is small', () => {
    expect(batches(told([change(5), change(6)]))).toEqual([
      {
        ...{ padId: 'P', from: `${EPOCH}.4`, to: `${EPOCH}.6`, caughtUp: true, reset: false },
        changes: [change(5), change(6)],
      },
    ]);
  });

  test('is cut to what is new', () => {
    expect(batches(told([change(5), change(6), change(7)]), 6)).toMatchObject([
      { from: `${EPOCH}.6`, to: `${EPOCH}.7`, changes: [{ seq: 7 }] },
    ]);
  });

  test('holds no more than it says it does', () => {
    const what = told([change(5), change(6)], { to: { epoch: EPOCH, seq: 5 } });
    expect(batches(what)).toMatchObject([{ to: `${EPOCH}.5`, changes: [{ seq: 5 }] }]);
  });

  test('from the start of a log joins a cursor of no log', () => {
    const what = told([change(1)], {
      from: { epoch: EPOCH, seq: 0 },
      to: { epoch: EPOCH, seq: 1 },
    });
    expect(batches(what)).toMatchObject([{ from: '0.0', to: `${EPOCH}.1` }]);
  });

  test('that is too large becomes several that join', () => {
    const changes = [5, 6, 7, 8, 9].map((seq) => change(seq, 50_000));
    const texts = writeBatch(told(changes), SHAPE);
    for (const text of texts) expect(text.length).toBeLessThan(120_000);
    const pieces = texts.map((text) => JSON.parse(text).data.memoChanges);
    expect(pieces.flatMap((piece) => piece.changes)).toEqual(changes);
    expect(pieces.map(({ from, to }) => [from, to].map((cursor) => cursor.split('.')[1]))).toEqual([
      ...[
        ['4', '6'],
        ['6', '7'],
        ['7', '9'],
      ],
    ]);
  });

  test('is measured in bytes', () => {
    const wide = { seq: 5, truncated: false, memo: { body: '메'.repeat(39_000) } };
    const [first, ...more] = batches(told([wide, change(6, 10_000)]));
    expect(first.changes).toEqual([wide]);
    expect(more).toHaveLength(1);
  });

  test('leaves out a memo that is too large by itself, and says so', () => {
    const changes = [change(5), change(6, 119_000), change(7)];
    const pieces = batches(told(changes));
    expect(pieces.flatMap((piece) => piece.changes)).toEqual([
      change(5),
      { seq: 6, truncated: true, memo: null },
      change(7),
    ]);
  });

  test('leaves it out under every name that it has', () => {
    const shape = shapeOf('changes { cut: truncated a: memo { body } b: memo { body } }');
    const body = 'x'.repeat(60_000);
    const changes = [{ cut: false, a: { body }, b: { body } }];
    expect(write(told(changes), undefined, shape)).toEqual([
      { data: { memoChanges: { changes: [{ cut: true, a: null, b: null }] } } },
    ]);
  });

  test('takes its errors along, at their new places', () => {
    const errors = [
      { message: 'of 5', path: ['memoChanges', 'changes', 0, 'memo', 'body'] },
      { message: 'of 6', path: ['memoChanges', 'changes', 1, 'memo', 'body'] },
      { message: 'of all' },
    ];
    const [only] = write(told([change(5), change(6)], { errors }), 5);
    expect(only.errors).toEqual([
      { message: 'of 6', path: ['memoChanges', 'changes', 0, 'memo', 'body'] },
      { message: 'of all' },
    ]);
    // A part of it is missing, so that its reader looks for itself.
    expect(only.data.memoChanges.changes).toEqual([{ ...change(6), truncated: true }]);
  });

  test('that resets tells no change and where to go on', () => {
    const what = told([], {
      ...{ reset: true, caughtUp: false, batch: {} },
      from: { epoch: EPOCH, seq: 900 },
      to: { epoch: EPOCH.replace('0', '1'), seq: 3 },
    });
    expect(batches(what)).toEqual([
      {
        ...{ padId: 'P', caughtUp: false, reset: true, changes: [] },
        ...{ from: `${EPOCH}.900`, to: `${EPOCH.replace('0', '1')}.3` },
      },
    ]);
  });
});

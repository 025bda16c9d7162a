import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import type { ReadChangesInput } from '#domain/memo/changesPage.ts';
import { createMemo } from '#domain/memo/createMemo.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { type ReadChangesPorts, readChanges } from '#domain/memo/readChanges.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { createTable } from '#local/createTable.ts';
import { CHANGE_TTL_SECONDS, createChangeLog } from '#table/live/changeLogStore.ts';
import { LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { useTable } from '#tests/support/engine.ts';
import {
  DAY_MS,
  errorOf,
  memosOn,
  NOW,
  someUlid,
  someViewer,
  type TestMemos,
} from '#tests/support/memos.ts';

const table = useTable(MEMO_TABLE);
const liveTable = { dynamoDb: table.dynamoDb, tableName: 'live' };
let memos: TestMemos;
let log: ReturnType<typeof createChangeLog>;
let ports: ReadChangesPorts;
let viewer: Viewer;
let padId: string;

beforeAll(async () => {
  liveTable.dynamoDb = table.dynamoDb;
  await createTable(table.dynamoDb, liveTable.tableName, LIVE_TABLE);
});
beforeEach(() => {
  memos = memosOn(table);
  log = createChangeLog(liveTable, memos.clock);
  ports = { ...memos, changes: log };
  viewer = someViewer();
  padId = viewer.userId;
});

const at = (seq: number, epoch = EPOCH) => changeCursorOf({ epoch, seq });
const read = (input: Omit<ReadChangesInput, 'padId'> = {}, withMemos = false) =>
  readChanges(ports, { viewer, watch: null }, { padId, ...input }, { withMemos });

/** Appends what has changed, as the sequencer does. */
async function append(...given: Partial<LoggedChange>[]): Promise<void> {
  const { seq } = await log.head(padId);
  for (const [index, one] of given.entries())
    await log.append(changeAt(padId, seq + 1 + index, one));
  const lastSource = changeAt(padId, seq + given.length).source;
  await log.moveHead(padId, { epoch: EPOCH, seq: seq + given.length, lastSource });
}

const times = (count: number) => Array.from({ length: count }, () => ({}));
const seqs = (changes: readonly { readonly seq: number }[]) => changes.map(({ seq }) => seq);

describe('without a cursor', () => {
  test('a pad that has no log tells its start, from where its first change is told', async () => {
    const start = { from: '0.0', to: '0.0', caughtUp: true, reset: false, changes: [] };
    expect(await read()).toEqual({ padId, ...start });
    expect(await read({ since: '0.0' })).toEqual({ padId, ...start });
    await append({});
    const batch = await read({ since: '0.0' });
    expect(batch).toMatchObject({ from: '0.0', to: at(1), caughtUp: true, reset: false });
    expect(seqs(batch.changes)).toEqual([1]);
  });

  test('the end of the log is told, and no change', async () => {
    await append(...times(3));
    const end = { from: at(3), to: at(3), caughtUp: true, reset: false, changes: [] };
    expect(await read()).toEqual({ padId, ...end });
    expect(await read({ since: at(3) })).toEqual({ padId, ...end });
  });
});

describe('behind a cursor', () => {
  test('pages join each other, up to the end', async () => {
    await append(...times(5));
    const first = await read({ since: at(0), first: 2 });
    expect([first.from, first.to, first.caughtUp]).toEqual([at(0), at(2), false]);
    const second = await read({ since: first.to, first: 2 });
    expect([second.from, second.to, second.caughtUp]).toEqual([at(2), at(4), false]);
    const third = await read({ since: second.to, first: 2 });
    expect([third.from, third.to, third.caughtUp]).toEqual([at(4), at(5), true]);
    const changes = [first, second, third].flatMap((batch) => batch.changes);
    expect(seqs(changes)).toEqual([1, 2, 3, 4, 5]);
  });

  test('a full page that ends with the log has caught up', async () => {
    await append(...times(2));
    expect(await read({ since: at(0), first: 2 })).toMatchObject({ to: at(2), caughtUp: true });
  });

  test('a head that lags behind the log changes nothing', async () => {
    await append({});
    await log.append(changeAt(padId, 2));
    const batch = await read({ since: at(1) });
    expect([seqs(batch.changes), batch.to, batch.caughtUp]).toEqual([[2], at(2), true]);
    expect(await read({ since: at(2) })).toMatchObject({ to: at(2), caughtUp: true, reset: false });
  });

  test.each([
    ['the cursor of another log', () => at(1, createUlid(NOW, randomBytes))],
    ['a cursor further than the log', () => at(4)],
    ['a cursor far behind it', () => at(999_999)],
  ])('%s is reset to the end', async (_, since) => {
    await append(...times(2));
    const from = since();
    const reset = { from, to: at(2), reset: true, caughtUp: false, changes: [] };
    expect(await read({ since: from })).toEqual({ padId, ...reset });
  });

  test('a log of which nothing is there any more is gone on with at its end, and only there', async () => {
    await append(...times(2));
    memos.pass(CHANGE_TTL_SECONDS * 1000);
    expect(await read({ since: at(2) })).toMatchObject({ to: at(2), caughtUp: true, reset: false });
    expect(await read({ since: at(1) })).toMatchObject({ to: at(2), reset: true });
    expect(await read({ since: '0.0' })).toMatchObject({ to: at(2), reset: true });
    await append({});
    expect(await read({ since: at(2) })).toMatchObject({ to: at(3), caughtUp: true, reset: false });
    expect(await read({ since: at(1) })).toMatchObject({ to: at(3), reset: true });
    expect(await read({ since: '0.0' })).toMatchObject({ to: at(3), reset: true });
  });

  test('more than 1,000 changes are not replayed', async () => {
    const log2 = { ...log, head: async () => ({ epoch: EPOCH, seq: 1001 }) };
    await append(...times(101));
    const readWith = (since: string) =>
      readChanges({ ...ports, changes: log2 }, { viewer, watch: null }, { padId, since });
    expect(await readWith(at(0))).toMatchObject({ reset: true, to: at(1001), changes: [] });
    expect((await readWith(at(1))).changes.length).toBe(100);
  });

  test.each([
    [{ since: 'x' }, 'Expected `since` to be a cursor of a change log, got another text.'],
    [{ first: 0 }, 'Expected `first` to be 1 to 100, got 0.'],
    [{ first: 101 }, 'Expected `first` to be 1 to 100, got 101.'],
  ])('%j is refused', async (input, message) => {
    expect(await errorOf(read(input))).toMatchObject({ code: 'BAD_USER_INPUT', message });
  });
});

describe('the memo of a change', () => {
  test('is as it is now, and null once it is purged or its time in the trash is over', async () => {
    const [kept, purged, trashed] = [
      await createMemo(memos, viewer, { title: 'kept' }),
      await createMemo(memos, viewer, { title: 'purged' }),
      await createMemo(memos, viewer, { title: 'trashed' }),
    ];
    await updateMemo(memos, viewer, { id: kept.id, title: 'kept 2' });
    await purgeMemo(memos, viewer, purged.id);
    await trashMemo(memos, viewer, trashed.id);
    const ofMemo = (memoId: string, given: Partial<LoggedChange> = {}) => ({ memoId, ...given });
    await append(
      ofMemo(kept.id),
      ofMemo(purged.id),
      ofMemo(kept.id),
      ofMemo(trashed.id),
      ofMemo(purged.id, { kind: 'DELETED' }),
      { memoId: null, aboutPadId: padId, kind: 'PAD_CHANGED' },
    );
    const titles = async () =>
      (await read({ since: at(0) }, true)).changes.map(({ memo }) => memo?.title ?? null);
    expect(await titles()).toEqual(['kept 2', null, 'kept 2', 'trashed', null, null]);
    memos.pass(6 * DAY_MS);
    await append({ memoId: trashed.id });
    memos.pass(6 * DAY_MS);
    const later = memos.clock() + 25 * DAY_MS;
    const much = { ...ports, clock: () => later };
    const batch = await readChanges(
      much,
      { viewer, watch: null },
      { padId, since: at(6) },
      { withMemos: true },
    );
    expect(batch.changes.map(({ memo }) => memo)).toEqual([null]);
  });

  test('ends a page before 1 MB of bodies, each memo read once', async () => {
    const body = 'x'.repeat(90_000);
    const large = await Promise.all(
      times(12).map(() => createMemo(memos, viewer, { title: 't', body })),
    );
    await append(...large.map(({ id }) => ({ memoId: id })));
    let told = 0;
    const page = (since: string) =>
      readChanges(
        ports,
        { viewer, watch: null },
        { padId, since },
        {
          withMemos: true,
          afterBodies: (bytes) => {
            told = bytes;
          },
        },
      );
    const first = await page(at(0));
    expect([seqs(first.changes).length, first.to, first.caughtUp]).toEqual([11, at(11), false]);
    expect(told).toBeGreaterThanOrEqual(990_000);
    const second = await page(first.to);
    expect([seqs(second.changes), second.to, second.caughtUp]).toEqual([[12], at(12), true]);
  });
});

describe('who may read it', () => {
  test('members', async () => {
    padId = someUlid();
    expect(await errorOf(read())).toMatchObject({ code: 'NOT_FOUND' });
    memos.setRole(padId, viewer, 'VIEWER');
    expect(await read()).toMatchObject({ padId, caughtUp: true });
  });

  test('nobody without a token', async () => {
    const reader = { viewer: null, watch: null };
    expect(await errorOf(readChanges(ports, reader, { padId }))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  test('the live service, of the pad that is watched alone', async () => {
    const reader = { viewer: null, watch: { padId } };
    expect(await readChanges(ports, reader, { padId })).toMatchObject({ padId });
    const other = readChanges(ports, reader, { padId: someUlid() });
    expect(await errorOf(other)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

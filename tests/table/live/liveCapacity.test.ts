import { randomBytes } from 'node:crypto';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { createMemo } from '#domain/memo/createMemo.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { readChanges } from '#domain/memo/readChanges.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import type { Push } from '#live/push/push.ts';
import { readSubscription } from '#live/push/readSubscription.ts';
import { createDrain } from '#live/stream/drain.ts';
import { createFollow, type Follow } from '#live/stream/follow.ts';
import { rememberHeads } from '#live/stream/rememberHeads.ts';
import { createSequencer } from '#live/stream/sequencer.ts';
import type { StreamRecord } from '#live/stream/streamRecord.ts';
import { createTable } from '#local/createTable.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { toWatcherItem } from '#table/live/subscriptionItem.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import { LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { created, edited } from '#tests/live/stream/records.ts';
import { useMeter } from '#tests/support/capacity.ts';
import { changeAt } from '#tests/support/changes.ts';
import { useTable } from '#tests/support/engine.ts';
import { memosOn, NOW, someUlid, someViewer, type TestMemos } from '#tests/support/memos.ts';
import type { Units } from '#tests/support/meterClient.ts';

/** Without its stream: what it would hand over is made here, so that nothing else is counted. */
const table = useTable({ ...MEMO_TABLE, streamed: false });
const meter = useMeter(table);
let memos: TestMemos;
let log: ReturnType<typeof createChangeLog>;
let subscriptions: ReturnType<typeof createSubscriptionStore>;

beforeAll(async () => {
  const { dynamoDb } = meter.table;
  memos = memosOn(meter.table);
  await createTable(dynamoDb, 'live', LIVE_TABLE);
  const liveTable = { dynamoDb, tableName: 'live' };
  log = createChangeLog(liveTable, memos.clock);
  subscriptions = createSubscriptionStore(liveTable, memos.clock);
});

const unitsOf = (action: () => Promise<unknown>): Promise<Units> => meter.measure(action);

let queries = 0;

/** The stream function; each group's query is read as the memo subgraph reads it. */
function newInstance(withMemos: boolean): Follow {
  const changes = rememberHeads(log, memos.clock);
  const deliver: Push['deliver'] = async ({ padId }, { from, toSeq }) => {
    queries += 1;
    const reader = { viewer: null, watch: { padId } };
    const input = { padId, since: changeCursorOf(from), first: toSeq - from.seq };
    const batch = await readChanges({ ...memos, changes: log }, reader, input, { withMemos });
    expect(batch.to).toBe(changeCursorOf({ ...from, seq: toSeq }));
  };
  return createFollow({
    sequencer: createSequencer({
      ...{ log: changes, clock: memos.clock, randomBytes, report: () => undefined },
      membersOf: async () => [],
    }),
    drain: createDrain({ changes, subscriptions, push: { deliver } as Push }),
    drainLater: async () => expect('all').toBe('drained'),
    report: () => undefined,
  });
}

const { hash: documentHash } = readSubscription({
  query: `subscription { memoChanges(padId: "${someUlid()}") { to changes { seq } } }`,
}).document;

/** Connection ids as API Gateway makes them, operation ids as our client does. */
const watcher = (padId: string, index: number) => ({
  padId,
  connectionId: `L0SM9cOFv${String(index).padStart(6, '0')}=`,
  operationId: '1',
  documentHash,
  expiresAt: NOW / 1000 + 900,
});

async function watch(padId: string, count: number, fromSeq: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => ({
    ...toWatcherItem(watcher(padId, index)),
    f: { N: String(fromSeq) },
  }));
  for (let start = 0; start < count; start += 25) {
    const puts = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await table.dynamoDb.send(new BatchWriteItemCommand({ RequestItems: { live: puts } }));
  }
}

async function edit(viewer: Viewer, memo: Memo): Promise<[Memo, StreamRecord]> {
  memos.pass(1);
  const after = await updateMemo(memos, viewer, { id: memo.id, title: `title ${memos.clock()}` });
  return [after, edited(memo, after)];
}

/** A pad with a log, some watchers, and a stream function that has run before. */
async function givenPad(watchers: number, withMemos: boolean) {
  const viewer = someViewer();
  const follow = newInstance(withMemos);
  const memo = await createMemo(memos, viewer, { title: 'Packing list' });
  await follow({ Records: [created(memo)] });
  await watch(viewer.userId, watchers, 2);
  return { viewer, follow, memo };
}

describe('a change with its memo’s write, of one watcher', () => {
  const play = async (withMemos: boolean) => {
    const { viewer, follow, memo } = await givenPad(1, withMemos);
    return unitsOf(async () => {
      const [, record] = await edit(viewer, memo);
      await follow({ Records: [record] });
    });
  };

  test('costs 4 read and 6 write units, the memo shown with it included', async () => {
    expect(await play(true)).toEqual({ read: 4, write: 6 });
  });

  test('costs a read less when no memo is asked for', async () => {
    expect(await play(false)).toEqual({ read: 3, write: 6 });
  });

  test('costs a read more in a function that has just started', async () => {
    const { viewer, memo } = await givenPad(1, true);
    const units = await unitsOf(async () => {
      const [, record] = await edit(viewer, memo);
      await newInstance(true)({ Records: [record] });
    });
    expect(units).toEqual({ read: 5, write: 6 });
  });
});

test('25 changes at once cost 1,000 watchers 16 units of reading them and one query', async () => {
  const { viewer, follow, memo } = await givenPad(1_000, false);
  let records: StreamRecord[] = [];
  let last = memo;
  const writes = await unitsOf(async () => {
    for (const _ of Array(25)) {
      const [after, record] = await edit(viewer, last);
      last = after;
      records = [...records, record];
    }
  });
  expect(writes).toEqual({ read: 25, write: 75 });
  queries = 0;
  expect(await unitsOf(() => follow({ Records: records }))).toEqual({ read: 17, write: 27 });
  expect(queries).toBe(1);
  expect(await unitsOf(() => subscriptions.listLive(viewer.userId))).toEqual({
    read: 16,
    write: 0,
  });
}, 30_000);

test('1,000 watchers cost 16 units of reading them as long as the log has less than 10,000 changes', async () => {
  const padId = someUlid();
  await watch(padId, 1_000, 9_999);
  expect(await unitsOf(() => subscriptions.listLive(padId))).toEqual({ read: 16, write: 0 });
});

test.each([10, 19])(
  '%i watchers of a pad cost 1 read unit, however many others there are',
  async (count) => {
    const padId = someUlid();
    await watch(padId, count, 1);
    expect(await unitsOf(() => subscriptions.listLive(padId))).toEqual({ read: 1, write: 0 });
  },
);

test('a change about another pad costs 4 write units and its head', async () => {
  const [padId, other] = [someUlid(), someUlid()];
  const change = changeAt(padId, 1, { memoId: null, aboutPadId: other });
  expect(await unitsOf(() => log.appendForeign(change))).toEqual({ read: 0, write: 4 });
});

test.each([
  ['a subscription begins', () => subscriptions.startCatchingUp(watcher(someUlid(), 1)), 0, 2],
  ['a head is read', () => log.head(someUlid()), 1, 0],
])('when %s', async (_, action, read, write) => {
  expect(await unitsOf(action)).toEqual({ read, write });
});

test('a hand-off costs 4 write units, an end a read unit and 2 or 3', async () => {
  const [first, second] = [watcher(someUlid(), 2_001), watcher(someUlid(), 2_002)];
  for (const one of [first, second]) await subscriptions.startCatchingUp(one);
  expect(await unitsOf(() => subscriptions.goLive(first, 1))).toEqual({ read: 0, write: 4 });
  expect(await unitsOf(() => subscriptions.complete(first))).toEqual({ read: 1, write: 2 });
  const { connectionId } = second;
  const gone = await unitsOf(() => subscriptions.removeConnection(connectionId));
  expect(gone).toEqual({ read: 1, write: 3 });
});

test('24 changes are a read unit', async () => {
  const padId = someUlid();
  const change = (seq: number): LoggedChange => ({
    ...changeAt(padId, seq),
    source: String(1_700_000_000_000_000_000_000n + BigInt(seq)),
  });
  for (let seq = 1; seq <= 24; seq += 1) await log.append(change(seq));
  expect(await unitsOf(() => log.read(padId, 0, 100))).toEqual({ read: 1, write: 0 });
});

import { randomBytes } from 'node:crypto';
import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { LogEntry } from '#domain/log.ts';
import type { ChangeLog } from '#domain/memo/changeLog.ts';
import { createSequencer, type Sequencer } from '#live/stream/sequencer.ts';
import type { StreamRecord } from '#live/stream/streamRecord.ts';
import type { Table } from '#table/dynamoDb.ts';
import { type ChangeLogWrites, createChangeLog } from '#table/live/changeLogStore.ts';
import { LIVE_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';
import {
  created,
  edited,
  memberRecord,
  memoOf,
  padImage,
  padRecord,
  purged,
  recordOf,
} from './records.ts';

const table = useTable(LIVE_TABLE);
const reported: LogEntry[] = [];
let log: ChangeLog & ChangeLogWrites;
let members: readonly string[] = [];

beforeAll(() => {
  log = createChangeLog(table, () => NOW);
});

function sequencerOn(given: Partial<ChangeLog & ChangeLogWrites> = {}): Sequencer {
  return createSequencer({
    log: { ...log, ...given },
    membersOf: async () => members,
    clock: () => NOW,
    randomBytes,
    report: (entry) => reported.push(entry),
  });
}

/** What a pad's log says, in short: `2 EDITED 5`. */
async function logOf(padId: string): Promise<string[]> {
  const changes = await log.read(padId, 0, 1000);
  expect(new Set(changes.map(({ epoch }) => epoch)).size).toBeLessThanOrEqual(1);
  return changes.map(({ seq, kind, version }) => `${seq} ${kind} ${version}`);
}

/** A memo's life of so many versions. */
function lifeOf(padId: string, versions: number): StreamRecord[] {
  const memo = memoOf(padId);
  const first = created(memo);
  const edits = Array.from({ length: versions - 1 }, (_, index) =>
    edited({ ...memo, version: index + 1 }, { ...memo, version: index + 2 }),
  );
  return [first, ...edits];
}

const inOrder = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `${index + 1} ${index === 0 ? 'CREATED' : 'EDITED'} ${index + 1}`,
  );

test('a pad’s changes are numbered in order', async () => {
  const [padId, memo] = [someUlid(), memoOf(someUlid())];
  const mine = { ...memo, padId, id: `${padId}.${memo.ulid}` };
  const records = [
    created(mine),
    edited(mine, { ...mine, version: 2 }),
    purged({ ...mine, version: 2 }),
  ];
  const { pads, failures } = await sequencerOn().sequence(records);
  expect(failures).toEqual([]);
  expect(await logOf(padId)).toEqual(['1 CREATED 1', '2 EDITED 2', '3 DELETED 3']);
  expect(await log.head(padId)).toMatchObject({ seq: 3 });
  expect(pads.get(padId)).toEqual(await log.read(padId, 0, 10));
  expect((await log.read(padId, 0, 1))[0]).toMatchObject({ memoId: mine.id, aboutPadId: null });
});

test('records that come again are in the log once, and their pads are named again', async () => {
  const padId = someUlid();
  const records = lifeOf(padId, 5);
  await sequencerOn().sequence(records.slice(0, 3));
  await sequencerOn().sequence(records.slice(1, 5));
  const { pads } = await sequencerOn().sequence(records.slice(0, 2));
  expect(await logOf(padId)).toEqual(inOrder(5));
  expect([...pads]).toEqual([[padId, []]]);
});

test('sequencers that run at the same time, the same records among theirs, leave no hole and no double', async () => {
  const padId = someUlid();
  const records = lifeOf(padId, 40);
  const batches = [records.slice(0, 30), records.slice(0, 40), records.slice(0, 20), records];
  await Promise.all(batches.map((batch) => sequencerOn().sequence(batch)));
  expect(await logOf(padId)).toEqual(inOrder(40));
});

test('a head that was not moved is made up for', async () => {
  const padId = someUlid();
  const records = lifeOf(padId, 3);
  const broken = sequencerOn({ moveHead: () => Promise.reject(new Error('broken')) });
  const { failures, pads } = await broken.sequence(records.slice(0, 2));
  expect(failures).toEqual([records[1]!.dynamodb!.SequenceNumber]);
  expect(pads.get(padId)?.length).toBe(2);
  expect((await sequencerOn().sequence(records)).failures).toEqual([]);
  expect(await logOf(padId)).toEqual(inOrder(3));
  expect(await log.head(padId)).toMatchObject({ seq: 3 });
});

test('a head that a log has is moved while the pad is drained; when that fails the record comes again', async () => {
  const padId = someUlid();
  const records = lifeOf(padId, 3);
  await sequencerOn().sequence(records.slice(0, 1));
  let fail = () => {};
  const moved = new Promise<void>((_, reject) => {
    fail = () => reject(new Error('broken'));
  });
  const slow = sequencerOn({ moveHead: () => moved });
  const { failures, headsMoved, pads } = await slow.sequence(records.slice(1));
  expect(failures).toEqual([]);
  expect(pads.get(padId)?.length).toBe(2);
  fail();
  expect(await headsMoved).toEqual([records[2]!.dynamodb!.SequenceNumber]);
  expect(await log.head(padId)).toMatchObject({ seq: 1 });
  const again = await sequencerOn().sequence(records.slice(2));
  expect(await again.headsMoved).toEqual([]);
  expect(await log.head(padId)).toMatchObject({ seq: 3 });
  expect(await logOf(padId)).toEqual(inOrder(3));
});

test('a pad that fails names where, and holds up no other', async () => {
  const [bad, good] = [someUlid(), someUlid()];
  const ofBad = lifeOf(bad, 3);
  const failing = sequencerOn({
    append: (change) =>
      change.padId === bad && change.version === 2
        ? Promise.reject(new Error('no'))
        : log.append(change),
  });
  const { failures } = await failing.sequence([...lifeOf(good, 2), ...ofBad]);
  expect(failures).toEqual([ofBad[1]!.dynamodb!.SequenceNumber]);
  expect(await logOf(bad)).toEqual(inOrder(1));
  expect(await logOf(good)).toEqual(inOrder(2));
  await sequencerOn().sequence(ofBad.slice(1));
  expect(await logOf(bad)).toEqual(inOrder(3));
});

test('a number that nobody is told of any more is passed by', async () => {
  const padId = someUlid();
  const records = lifeOf(padId, 3);
  await sequencerOn().sequence(records.slice(0, 1));
  await sequencerOn({ moveHead: async () => undefined }).sequence(records.slice(0, 2));
  const nothing = sequencerOn({ read: async () => [] });
  expect((await nothing.sequence(records.slice(2))).failures).toEqual([]);
  expect(await logOf(padId)).toEqual(inOrder(3));
});

test('no record is lost, whatever is in it; what is of no pad is reported', async () => {
  const padId = someUlid();
  const key = { PK: `PAD#${padId}`, SK: 'MEMO#unreadable' };
  reported.length = 0;
  const records = [recordOf('MODIFY', key), recordOf('INSERT', { PK: 'nobody’s', SK: 'x' })];
  expect((await sequencerOn().sequence(records)).failures).toEqual([]);
  expect(
    (await log.read(padId, 0, 9)).map(({ truncated, aboutPadId }) => [truncated, aboutPadId]),
  ).toEqual([[true, padId]]);
  expect(reported.map(({ message }) => message)).toEqual(['record of no pad']);
});

test('a write that meets a transaction is tried again', async () => {
  const padId = someUlid();
  let conflicts = 5;
  const send = (...given: Parameters<Table['dynamoDb']['send']>) => {
    const isWrite = !/Get|Query/.test(given[0].constructor.name);
    conflicts -= isWrite ? 1 : 0;
    const conflict = new TransactionConflictException({ message: 'busy', $metadata: {} });
    return isWrite && conflicts >= 0 ? Promise.reject(conflict) : table.dynamoDb.send(...given);
  };
  const busy = { ...table, dynamoDb: { send } as Table['dynamoDb'] };
  const sequencer = sequencerOn(
    createChangeLog(
      busy,
      () => NOW,
      async () => undefined,
    ),
  );
  expect((await sequencer.sequence(lifeOf(padId, 2))).failures).toEqual([]);
  expect(conflicts).toBeLessThan(0);
  expect(await logOf(padId)).toEqual(inOrder(2));
});

describe('a change of a shared pad', () => {
  test('is in its own log and in the personal one of the member', async () => {
    const [padId, userId] = [someUlid(), someUlid()];
    const records = [
      memberRecord(padId, userId, [null, 'VIEWER']),
      memberRecord(padId, userId, ['VIEWER', null]),
    ];
    const { pads } = await sequencerOn().sequence(records);
    expect(await logOf(padId)).toEqual(['1 PAD_CHANGED 0', '2 PAD_CHANGED 0']);
    expect(await logOf(userId)).toEqual(['1 PAD_CHANGED 0', '2 PAD_LEFT 0']);
    expect((await log.read(userId, 0, 9)).map(({ aboutPadId }) => aboutPadId)).toEqual([
      padId,
      padId,
    ]);
    expect((await log.read(padId, 0, 9)).map(({ leftUserId }) => leftUserId)).toEqual([
      null,
      userId,
    ]);
    expect([...pads.keys()].sort()).toEqual([padId, userId].sort());
    expect(pads.get(userId)?.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('that renames it is in the personal logs of all members', async () => {
    const padId = someUlid();
    members = [someUlid(), someUlid(), someUlid()];
    const record = padRecord(padId, [padImage(padId, 'a'), padImage(padId, 'b')]);
    await sequencerOn().sequence([record]);
    for (const member of members) expect(await logOf(member)).toEqual(['1 PAD_CHANGED 0']);
  });

  test('that renames it is told to ten members at once, and to all though one can’t be told', async () => {
    const padId = someUlid();
    members = Array.from({ length: 25 }, someUlid);
    const [first] = members;
    let [now, most] = [0, 0];
    const storedHead: typeof log.storedHead = async (id) => {
      now += 1;
      most = Math.max(most, now);
      const head = await log.storedHead(id);
      now -= 1;
      return head;
    };
    const appendForeign: typeof log.appendForeign = (change) =>
      change.padId === first ? Promise.reject(new Error('no')) : log.appendForeign(change);
    const record = padRecord(padId, [padImage(padId, 'a'), padImage(padId, 'b')]);
    const number = record.dynamodb!.SequenceNumber;
    expect((await sequencerOn({ storedHead, appendForeign }).sequence([record])).failures).toEqual([
      number,
    ]);
    expect(most).toBe(10);
    for (const member of members.slice(1)) expect(await logOf(member)).toHaveLength(1);
    await sequencerOn().sequence([record]);
    for (const member of members) expect(await logOf(member)).toHaveLength(1);
  });

  test('is told once, also when its own log failed after that; and its members are drained again', async () => {
    const [padId, userId] = [someUlid(), someUlid()];
    const records = [memberRecord(padId, userId, [null, 'VIEWER'])];
    const isForeign = (aboutPadId: string | null, of: string) => aboutPadId !== of;
    const failing = sequencerOn({
      append: (change) =>
        isForeign(change.aboutPadId, padId) ? log.append(change) : Promise.reject(new Error('no')),
    });
    expect((await failing.sequence(records)).failures.length).toBe(1);
    expect(await logOf(padId)).toEqual([]);
    expect(await logOf(userId)).toEqual(['1 PAD_CHANGED 0']);
    await sequencerOn().sequence(records);
    const { pads } = await sequencerOn().sequence(records);
    expect(await logOf(padId)).toEqual(['1 PAD_CHANGED 0']);
    expect(await logOf(userId)).toEqual(['1 PAD_CHANGED 0']);
    expect([...pads.keys()].sort()).toEqual([padId, userId].sort());
  });

  test('and changes of the personal pad itself share its log without a hole', async () => {
    const [userId, ...shared] = [someUlid(), someUlid(), someUlid()];
    const own = lifeOf(userId!, 10);
    const joins = shared.map((padId) => memberRecord(padId, userId!, [null, 'VIEWER']));
    const leaves = shared.map((padId) => memberRecord(padId, userId!, ['VIEWER', null]));
    const batches = [own.slice(0, 5), joins, own, [...joins, ...leaves]];
    for (const _ of [1, 2]) {
      await Promise.all(batches.map((batch) => sequencerOn().sequence(batch)));
    }
    const changes = await log.read(userId!, 0, 100);
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1));
    const ofMemos = changes.filter(({ memoId }) => memoId !== null).map(({ version }) => version);
    expect(ofMemos).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const padId of shared) {
      const about = changes.filter(({ aboutPadId }) => aboutPadId === padId);
      expect(about.map(({ kind }) => kind)).toEqual(['PAD_CHANGED', 'PAD_LEFT']);
    }
  });
});

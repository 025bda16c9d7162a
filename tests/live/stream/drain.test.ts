import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { epochSeconds } from '#domain/clock.ts';
import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';
import type { Push } from '#live/push/push.ts';
import { createDrain, type Drain } from '#live/stream/drain.ts';
import { createWorkOff } from '#live/stream/workOff.ts';
import { type ChangeLogWrites, createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { LIVE_TABLE } from '#table/tables.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { useTable } from '#tests/support/engine.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';

const table = useTable(LIVE_TABLE);
let log: ChangeLog & ChangeLogWrites;
let subscriptions: SubscriptionStore;
let padId: string;
/** What was pushed, in short: `docHash1 2..3 → a:2 b:3`. */
const told: string[] = [];
let failing = false;

beforeAll(() => {
  log = createChangeLog(table, () => NOW);
  subscriptions = createSubscriptionStore(table, () => NOW);
});
beforeEach(() => {
  padId = someUlid();
  failing = false;
  told.length = 0;
});

const push: Pick<Push, 'deliver' | 'end'> = {
  async deliver({ documentHash }, { from, toSeq }, recipients) {
    if (failing && documentHash === 'docHash1') throw new Error('the gateway is out of reach');
    expect(from.epoch).toBe(EPOCH);
    const whom = recipients.map(({ connectionId, fromSeq }) => `${connectionId}:${fromSeq}`);
    told.push(`${documentHash} ${from.seq + 1}..${toSeq} → ${whom.sort().join(' ')}`);
  },
  async end({ connectionId }, reason) {
    told.push(`${connectionId} ended: ${reason}`);
  },
};
const drainWith = (given: Partial<ChangeLog & ChangeLogWrites> = {}): Drain =>
  createDrain({ changes: { ...log, ...given }, subscriptions, push: push as Push });

async function append(count: number, given: Partial<LoggedChange> = {}): Promise<LoggedChange[]> {
  const { seq } = await log.head(padId);
  const changes = Array.from({ length: count }, (_, index) =>
    changeAt(padId, seq + 1 + index, given),
  );
  for (const change of changes) await log.append(change);
  const { seq: end, source: lastSource } = changes.at(-1)!;
  await log.moveHead(padId, { epoch: EPOCH, seq: end, lastSource });
  return changes;
}

async function watch(connectionId: string, fromSeq: number, documentHash = 'docHash1') {
  const key = { padId, connectionId, operationId: padId };
  await subscriptions.startCatchingUp({ ...key, documentHash, expiresAt: epochSeconds(NOW) + 900 });
  await subscriptions.goLiveWithOverlap(key, fromSeq);
}

test('what the log holds is pushed once, by document, each watcher from where it is live', async () => {
  await append(2);
  await watch('a', 1);
  await watch('b', 3);
  await watch('c', 2, 'docHash2');
  await watch('d', 1, 'docHash2');
  await drainWith()(padId);
  await drainWith()(padId);
  expect(told.sort()).toEqual(['docHash1 1..2 → a:1', 'docHash2 1..2 → c:2 d:1']);
  await append(1);
  await drainWith()(padId);
  expect(told.sort().slice(0, 1)).toEqual(['docHash1 1..2 → a:1']);
  expect(told).toContain('docHash1 3..3 → a:1 b:3');
});

test('a group that begins later is not run over what all of it have', async () => {
  await append(5);
  await watch('a', 4);
  await drainWith()(padId);
  expect(told).toEqual(['docHash1 4..5 → a:4']);
});

test('a subscription that is catching up gets nothing', async () => {
  await append(1);
  const key = { padId, connectionId: 'a', operationId: padId };
  await subscriptions.startCatchingUp({ ...key, documentHash: 'd', expiresAt: 4e9 });
  await drainWith()(padId);
  expect(told).toEqual([]);
  expect((await log.storedHead(padId)).pushed).toBe(1);
});

test('what could not be pushed to one group is pushed again to all, and to no end of it', async () => {
  await append(1);
  await watch('a', 1);
  await watch('b', 1, 'docHash2');
  failing = true;
  await expect(drainWith()(padId)).rejects.toThrow('out of reach');
  expect(told).toEqual(['docHash2 1..1 → b:1']);
  failing = false;
  await append(1);
  await drainWith()(padId);
  expect(told.slice(1).sort()).toEqual(['docHash1 1..2 → a:1', 'docHash2 1..2 → b:1']);
});

test('a long log is pushed by the hundred', async () => {
  await watch('a', 1);
  await append(250);
  await drainWith()(padId);
  expect(told).toEqual(
    ['1..100', '101..200', '201..250'].map((range) => `docHash1 ${range} → a:1`),
  );
});

test('what is known is not read again, unless something before it was not pushed', async () => {
  let reads = 0;
  const drain = drainWith({
    read: (...given) => {
      reads += 1;
      return log.read(...given);
    },
  });
  await watch('a', 1);
  await drain(padId, await append(2));
  expect(reads).toBe(0);
  await append(1);
  await drain(padId, await append(1));
  expect(reads).toBe(1);
  expect(told).toEqual(['docHash1 1..2 → a:1', 'docHash1 3..4 → a:1']);
});

test('changes that are no longer told are passed by', async () => {
  await watch('a', 1);
  await append(3);
  const later = createChangeLog(table, () => NOW);
  await createDrain({
    changes: { ...later, read: async (...given) => (await later.read(...given)).slice(2) },
    subscriptions,
    push: push as Push,
  })(padId);
  expect(told).toEqual(['docHash1 3..3 → a:1']);
});

describe('who is no longer a member', () => {
  const connect = (connectionId: string, userId: string) =>
    subscriptions.initialise({ connectionId, userId, tokenEndsAt: 4e9, forgetAt: 4e9 });

  test('gets nothing of what is pushed with that change, and is told', async () => {
    const [leaver, other] = [someUlid(), someUlid()];
    const names = [1, 2, 3].map(() => someUlid());
    const [a, b, c] = names as [string, string, string];
    await connect(a, leaver);
    await connect(b, other);
    await connect(c, leaver);
    await append(1);
    const leaving = { kind: 'PAD_CHANGED', memoId: null, aboutPadId: padId } as const;
    await append(1, { ...leaving, leftUserId: leaver });
    await append(1);
    await watch(a, 1);
    await watch(b, 1);
    // Came back after that.
    await watch(c, 3);
    await drainWith()(padId);
    const staying = [`${b}:1`, `${c}:3`].sort().join(' ');
    expect(told.sort()).toEqual(
      [`${a} ended: MEMBERSHIP_LOST`, `docHash1 1..3 → ${staying}`].sort(),
    );
  });

  test('can not be told from a connection that is not known any more, which gets nothing', async () => {
    const unknown = someUlid();
    await append(1, { kind: 'PAD_CHANGED', memoId: null, leftUserId: someUlid() });
    await watch(unknown, 1);
    await drainWith()(padId);
    expect(told).toEqual([`${unknown} ended: MEMBERSHIP_LOST`]);
  });
});

test('messages of the queue drain each pad once, and come again when that fails', async () => {
  const drained: string[] = [];
  const [good, bad] = [someUlid(), someUlid()];
  const workOff = createWorkOff({
    drain: async (id) => {
      drained.push(id);
      if (id === bad) throw new Error('out of reach');
    },
    report: () => undefined,
  });
  const bodies = [good, bad, good].map((id) => JSON.stringify({ padId: id }));
  const Records = [...bodies, 'nonsense', '{}'].map((body, index) => ({
    messageId: `m${index}`,
    body,
  }));
  expect(await workOff({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  expect(drained.sort()).toEqual([good, bad].sort());
});

import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { epochSeconds } from '#domain/clock.ts';
import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';
import type { Push } from '#live/push/push.ts';
import { createDrain, type Drain } from '#live/stream/drain.ts';
import { TookTooLong } from '#live/stream/within.ts';
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
const failing = new Set<string>();
const disconnected: string[] = [];
const reported: string[] = [];

beforeAll(() => {
  log = createChangeLog(table, () => NOW);
  subscriptions = createSubscriptionStore(table, () => NOW);
});
beforeEach(() => {
  padId = someUlid();
  failing.clear();
  for (const list of [told, disconnected, reported]) list.length = 0;
});

const push: Pick<Push, 'deliver' | 'end' | 'disconnect'> = {
  async deliver({ documentHash }, { from, toSeq }, recipients) {
    if (failing.has(documentHash)) throw new Error('the gateway is out of reach');
    expect(from.epoch).toBe(EPOCH);
    const whom = recipients.map(({ connectionId, fromSeq }) => `${connectionId}:${fromSeq}`);
    told.push(`${documentHash} ${from.seq + 1}..${toSeq} → ${whom.sort().join(' ')}`);
  },
  async end({ connectionId }, reason) {
    told.push(`${connectionId} ended: ${reason}`);
  },
  async disconnect(connectionId) {
    disconnected.push(connectionId);
  },
};
const drainWith = (given: Partial<ChangeLog & ChangeLogWrites> = {}, pushing = push): Drain =>
  createDrain({
    changes: { ...log, ...given },
    subscriptions,
    push: pushing as Push,
    report: ({ message }) => reported.push(message),
  });

/** A push that goes wrong for the first group at its first time. */
function failingOnce(): typeof push {
  let failures = 1;
  return {
    ...push,
    async deliver(group, ...given) {
      failures -= 1;
      if (failures === 0) throw new Error('for a moment');
      await push.deliver(group, ...given);
    },
  };
}

const connect = (connectionId: string, userId: string) =>
  subscriptions.initialise({ connectionId, userId, tokenEndsAt: 4e9, forgetAt: 4e9 });

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

/** Bytes as base64url, as hashes are. */
const documentName = (index: number) => `d${String(index).padStart(3, '0')}`;

async function watch(
  connectionId: string,
  fromSeq: number,
  documentHash = 'docHash1',
  operationId = `${padId}${documentHash}`,
) {
  const key = { padId, connectionId, operationId };
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
  await subscriptions.startCatchingUp({ ...key, documentHash: 'docHash1', expiresAt: 4e9 });
  await drainWith()(padId);
  expect(told).toEqual([]);
  expect((await log.storedHead(padId)).pushed).toBe(1);
});

test('what could be pushed to nobody is pushed again', async () => {
  await append(1);
  await watch('a', 1);
  failing.add('docHash1');
  await expect(drainWith()(padId)).rejects.toThrow('out of reach');
  expect([told, disconnected]).toEqual([[], []]);
  expect((await log.storedHead(padId)).pushed).toBe(0);
  failing.clear();
  await append(1);
  await drainWith()(padId);
  expect(told).toEqual(['docHash1 1..2 → a:1']);
});

describe('a group that can not be pushed to while others can', () => {
  test('is tried again', async () => {
    await append(1);
    await watch('a', 1);
    await watch('b', 1, 'docHash2');
    await drainWith({}, failingOnce())(padId);
    expect(told.sort()).toEqual(['docHash1 1..1 → a:1', 'docHash2 1..1 → b:1']);
    expect(disconnected).toEqual([]);
  });

  test('then loses its connections, so that its clients come back, and holds up nobody', async () => {
    await append(1);
    await watch('a', 1);
    await watch('a', 1, 'docHash1', 'another');
    await watch('b', 1, 'docHash2');
    failing.add('docHash1');
    await drainWith()(padId);
    expect(told).toEqual(['docHash2 1..1 → b:1']);
    expect(disconnected).toEqual(['a']);
    expect(reported).toEqual(['watchers disconnected']);
    expect((await log.storedHead(padId)).pushed).toBe(1);
  });

  test('also when the others begin only far behind', async () => {
    await append(120);
    await watch('a', 1);
    await watch('b', 110, 'docHash2');
    failing.add('docHash1');
    await drainWith()(padId);
    expect(told).toEqual(['docHash2 110..120 → b:110']);
    expect(disconnected).toEqual(['a']);
    expect((await log.storedHead(padId)).pushed).toBe(120);
  });

  test('and is not sent what comes after, when it goes well again', async () => {
    await append(60);
    await watch('a', 1);
    await watch('b', 60, 'docHash2');
    await drainWith({}, failingOnce())(padId);
    expect(told).toEqual(['docHash2 60..60 → b:60']);
    expect(disconnected).toEqual(['a']);
  });

  test('but not when the others have nothing to get yet', async () => {
    await append(60);
    await watch('a', 1);
    await watch('b', 61, 'docHash2');
    failing.add('docHash1');
    await expect(drainWith()(padId)).rejects.toThrow('out of reach');
    expect([disconnected, (await log.storedHead(padId)).pushed]).toEqual([[], 0]);
  });
});

test('a group fails when nobody waits for the drain any more: it is left to the next one', async () => {
  await append(1);
  await watch('a', 1);
  await watch('b', 1, 'docHash2');
  failing.add('docHash1');
  const isOver = () => tried.length > 3;
  const tried: string[] = [];
  const deliver: Push['deliver'] = (group, ...given) => {
    tried.push(group.documentHash);
    // The second try of the first group takes until then.
    if (tried.length === 3) tried.push('and the time is over');
    return push.deliver(group, ...given);
  };
  await expect(drainWith({}, { ...push, deliver })(padId, [], isOver)).rejects.toThrow(TookTooLong);
  expect([disconnected, (await log.storedHead(padId)).pushed]).toEqual([[], 0]);
});

test('at most ten groups are pushed to at once', async () => {
  const [count, most] = [{ now: 0 }, { now: 0 }];
  await append(1);
  for (let index = 0; index < 25; index += 1) await watch(`c${index}`, 1, documentName(index));
  const deliver: Push['deliver'] = async () => {
    count.now += 1;
    most.now = Math.max(most.now, count.now);
    await new Promise((resolve) => setImmediate(resolve));
    count.now -= 1;
  };
  await drainWith({}, { ...push, deliver })(padId);
  expect(most.now).toBe(10);
});

test('nothing new begins when the time is over, and what was pushed is noted', async () => {
  await append(120);
  await watch('a', 1);
  const isOver = () => told.length === 1;
  await expect(drainWith()(padId, [], isOver)).rejects.toThrow(TookTooLong);
  expect(told).toEqual(['docHash1 1..50 → a:1']);
  expect((await log.storedHead(padId)).pushed).toBe(50);
});

test('of groups too, and the page is pushed again', async () => {
  await append(1);
  for (let index = 0; index < 12; index += 1) await watch(`c${index}`, 1, documentName(index));
  await expect(drainWith()(padId, [], () => told.length >= 10)).rejects.toThrow(TookTooLong);
  expect(told.length).toBe(10);
  expect((await log.storedHead(padId)).pushed).toBe(0);
});

test('of a pad with very many documents a user may have twenty, those first that came first', async () => {
  const [crowd, other] = [someUlid(), someUlid()];
  const names = Array.from({ length: 4 }, someUlid);
  for (const name of names) await connect(name, crowd);
  await connect(other, other);
  await append(101);
  const documents = Array.from({ length: 100 }, (_, index) => documentName(index));
  for (const [index, document] of documents.entries()) {
    await watch(names[index % 4]!, index + 1, document);
  }
  await drainWith()(padId);
  expect(told.filter((line) => line.includes('ended'))).toEqual([]);
  told.length = 0;
  await append(1);
  await watch(other, 102, 'solo');
  await drainWith()(padId);
  const ended = told.filter((line) => line.includes('ended: TOO_MANY_DOCUMENTS'));
  expect(ended.length).toBe(80);
  const run = told.filter((line) => line.startsWith('d')).map((line) => line.split(' ')[0]);
  expect(run.sort()).toEqual(documents.slice(0, 20).sort());
  expect(told).toContain(`solo 102..102 → ${other}:102`);
});

test('a long log is pushed by the fifty, each of which is noted', async () => {
  await watch('a', 1);
  await append(120);
  const marked: number[] = [];
  await drainWith({ markPushed: async (_, seq) => void marked.push(seq) })(padId);
  expect(told).toEqual(['1..50', '51..100', '101..120'].map((range) => `docHash1 ${range} → a:1`));
  expect(marked).toEqual([50, 100, 120]);
});

test('what is known by more than fifty is not read either', async () => {
  await watch('a', 1);
  const known = await append(60);
  const read = () => Promise.reject(new Error('read'));
  await drainWith({ read })(padId, known);
  expect(told).toEqual(['docHash1 1..50 → a:1', 'docHash1 51..60 → a:1']);
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

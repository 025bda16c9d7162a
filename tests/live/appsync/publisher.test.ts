import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';
import { type AppSyncApi, AppSyncOutOfReach, PublishRefused } from '#live/appsync/appSyncApi.ts';
import { createPublisher } from '#live/appsync/publisher.ts';
import { drainAll } from '#live/stream/drainAll.ts';
import { TookTooLong } from '#live/stream/within.ts';
import { type ChangeLogWrites, createChangeLog } from '#table/live/changeLogStore.ts';
import { LIVE_TABLE } from '#table/tables.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { useTable } from '#tests/support/engine.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';

const table = useTable(LIVE_TABLE);
let log: ChangeLog & ChangeLogWrites;
let padId: string;
/** What AppSync was asked for, in short: `1..3`, `4 bare`, `ended a b`. */
const asked: string[] = [];
const reported: string[] = [];
/** How many changes one message holds. */
let room = 1000;
let refusing: ((asked: string) => Error | null) | null = null;

beforeAll(() => {
  log = createChangeLog(table, () => NOW);
});
beforeEach(() => {
  padId = someUlid();
  asked.length = 0;
  reported.length = 0;
  room = 1000;
  refusing = null;
});

function ask(words: string): void {
  asked.push(words);
  const error = refusing?.(words);
  if (error) throw error;
}

const api: AppSyncApi = {
  async publish({ padId: published, changes, bare }) {
    expect(published).toBe(padId);
    const told = changes.slice(0, room);
    const span =
      changes.length > 1 ? `${changes[0]?.seq}..${changes.at(-1)?.seq}` : changes[0]?.seq;
    ask(`${span}${bare ? ' bare' : ''}`);
    return told.at(-1)?.seq ?? 0;
  },
  async endWatching(_, userIds) {
    ask(`ended ${userIds.join(' ')}`);
  },
};
const publish = (known?: readonly LoggedChange[], isOver?: () => boolean) =>
  createPublisher({ changes: log, api, report: ({ message }) => reported.push(message) })(
    padId,
    known,
    isOver,
  );
const published = async () => (await log.storedHead(padId)).published;

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

test('what the log holds is published once and in order, whatever it is called for', async () => {
  await append(3);
  await publish();
  await publish();
  const known = await append(2);
  await publish(known);
  expect([asked, await published()]).toEqual([['1..3', '4..5'], 5]);
});

test('what was not published before goes ahead of what is known', async () => {
  await append(2);
  const known = await append(1);
  await publish(known);
  expect(asked).toEqual(['1..3']);
});

test('a long log is published by pages, each of which is noted', async () => {
  await append(60);
  await publish();
  expect([asked, await published()]).toEqual([['1..25', '26..50', '51..60'], 60]);
});

test('what one message can not hold is published by the next, which asks for less', async () => {
  await append(10);
  room = 2;
  await publish();
  expect(asked).toEqual(['1..10', '3..6', '5..8', '7..10', '9..10']);
  expect(await published()).toBe(10);
});

test('what AppSync does not take now is published later, in order', async () => {
  await append(2);
  refusing = () => new AppSyncOutOfReach('Expected AppSync to answer.');
  await expect(publish()).rejects.toThrow(AppSyncOutOfReach);
  expect([asked, await published()]).toEqual([['1..2'], 0]);
  refusing = null;
  const known = await append(1);
  await publish(known);
  expect([asked.slice(1), await published()]).toEqual([['1..3'], 3]);
});

test('one change that is refused is told bare, and those behind it as they are', async () => {
  await append(4);
  const holdsSecond = /^(1\.\.[2-9]|2(\.\.\d)?)$/;
  refusing = (words) => (holdsSecond.test(words) ? new PublishRefused('Expected less.') : null);
  await publish();
  expect(asked).toEqual(['1..4', '1', '2..3', '2', '2 bare', '3..4']);
  expect([reported.length, await published()]).toEqual([3, 4]);
});

test('a change that is refused bare, too, fails: it is published again later', async () => {
  await append(1);
  refusing = () => new PublishRefused('Expected something else.');
  await expect(publish()).rejects.toThrow(PublishRefused);
  expect([asked, await published()]).toEqual([['1', '1 bare'], 0]);
});

test('who left watches no more before anything of the page is published', async () => {
  await append(1);
  for (const leftUserId of ['a', 'b', 'c', 'd', 'e', 'f', 'a']) await append(1, { leftUserId });
  await publish();
  expect(asked).toEqual(['ended a b c d e', 'ended f', '1..8']);
});

test('nothing is published while who left can not be kept from it', async () => {
  await append(1, { leftUserId: 'a' });
  refusing = (words) => (words.startsWith('ended') ? new AppSyncOutOfReach('No answer.') : null);
  await expect(publish()).rejects.toThrow(AppSyncOutOfReach);
  expect(asked).toEqual(['ended a']);
});

test('nothing new begins when the time is over, and what was published is noted', async () => {
  await append(60);
  let left = 2;
  const isOver = () => left-- <= 0;
  await expect(publish([], isOver)).rejects.toThrow(TookTooLong);
  expect([asked, await published()]).toEqual([['1..25', '26..50'], 50]);
});

test('doors are drained one after the other: one that fails keeps nobody else from it', async () => {
  const drained: string[] = [];
  const broken = async () => {
    throw new Error('broken');
  };
  const fine = async (pad: string) => void drained.push(pad);
  await expect(drainAll(broken, null, fine)('pad')).rejects.toThrow('broken');
  expect(drained).toEqual(['pad']);
});

test('a door begins when the one before is done, and does not wait for one that takes long', async () => {
  const steps: string[] = [];
  const quick = async () => {
    await Promise.resolve();
    steps.push('quick is done');
  };
  const endless = () => {
    steps.push('endless begins');
    return new Promise<never>(() => {});
  };
  let reached = () => {};
  const last = new Promise<void>((resolve) => {
    reached = resolve;
  });
  void drainAll(quick, endless, async () => reached())('pad');
  await last;
  expect(steps).toEqual(['quick is done', 'endless begins']);
});

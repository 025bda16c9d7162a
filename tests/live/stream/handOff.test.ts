import { beforeAll, expect, test } from '@jest/globals';
import type { Push } from '#live/push/push.ts';
import { createDrain } from '#live/stream/drain.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { LIVE_TABLE } from '#table/tables.ts';
import { changeAt, EPOCH } from '#tests/support/changes.ts';
import { useTable } from '#tests/support/engine.ts';
import { NOW, someUlid } from '#tests/support/memos.ts';

const table = useTable(LIVE_TABLE);
let log: ReturnType<typeof createChangeLog>;
let subscriptions: SubscriptionStore;
beforeAll(() => {
  log = createChangeLog(table, () => NOW);
  subscriptions = createSubscriptionStore(table, () => NOW);
});

/** What a watcher gets when the first change comes between its last look at the log and its going live. */
async function play(goLive: SubscriptionStore['goLive']): Promise<number[]> {
  const padId = someUlid();
  const key = { padId, connectionId: someUlid(), operationId: '1' };
  const got: number[] = [];
  const deliver: Push['deliver'] = async (_, { from, toSeq }, [watcher]) => {
    for (let seq = from.seq + 1; seq <= toSeq; seq += 1) if (seq >= watcher!.fromSeq) got.push(seq);
  };
  const drain = createDrain({ changes: log, subscriptions, push: { deliver } as Push });
  const change = async (seq: number): Promise<void> => {
    await log.append(changeAt(padId, seq));
    await log.moveHead(padId, { epoch: EPOCH, seq, lastSource: '' });
    await drain(padId);
  };
  await subscriptions.startCatchingUp({ ...key, documentHash: 'docHash1', expiresAt: 4e9 });
  let sent = (await log.read(padId, 0, 100)).length;
  await change(1);
  while ((await goLive(key, sent + 1)) === 'MORE') {
    for (const { seq } of await log.read(padId, sent, 100)) {
      got.push(seq);
      sent = seq;
    }
  }
  await change(2);
  return got;
}

test('a change that comes while a subscription goes live is sent by one of the two, once', async () => {
  expect(await play(subscriptions.goLive)).toEqual([1, 2]);
});

test('without looking for the next change in the same write it is lost', async () => {
  expect(await play(subscriptions.goLiveWithOverlap)).toEqual([2]);
});

import { expect, test } from '@jest/globals';
import { rememberHeads } from '#live/stream/rememberHeads.ts';
import type { ChangeLogWrites, StoredHead } from '#table/live/changeLogStore.ts';
import { EPOCH } from '#tests/support/changes.ts';
import { NOW } from '#tests/support/memos.ts';

function rememberedLog() {
  let now = NOW;
  let reads = 0;
  const stored = new Map<string, StoredHead>();
  const log: ChangeLogWrites = {
    storedHead: async (padId) => {
      reads += 1;
      return stored.get(padId) ?? { epoch: '0', seq: 0, lastSource: '', pushed: 0, published: 0 };
    },
    moveHead: async (padId, head) =>
      void stored.set(padId, { pushed: 0, published: 0, ...stored.get(padId), ...head }),
    markPushed: async (padId, pushed) => void stored.set(padId, { ...stored.get(padId)!, pushed }),
    markPublished: async (padId, published) =>
      void stored.set(padId, { ...stored.get(padId)!, published }),
    append: async () => 'APPENDED',
    appendForeign: async () => 'APPENDED',
  };
  return {
    log: rememberHeads(log, () => now),
    stored,
    reads: () => reads,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('a head that was moved is known for a minute, with what was pushed', async () => {
  const { log, stored, reads, pass } = rememberedLog();
  await log.storedHead('pad');
  await log.moveHead('pad', { epoch: EPOCH, seq: 4, lastSource: 's' });
  await log.markPushed('pad', 3);
  await log.markPublished('pad', 2);
  await log.moveHead('pad', { epoch: EPOCH, seq: 5, lastSource: 't' });
  expect(await log.storedHead('pad')).toEqual(stored.get('pad'));
  expect(await log.storedHead('pad')).toMatchObject({ seq: 5, pushed: 3, published: 2 });
  expect(reads()).toBe(1);
  pass(60_000);
  await log.storedHead('pad');
  expect(reads()).toBe(2);
});

test('a head is known while it is being moved, and what is pushed meanwhile', async () => {
  const { log, reads } = rememberedLog();
  let finish = () => {};
  const slow = rememberHeads(
    {
      ...log,
      moveHead: (_: string, _head: unknown) =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
      markPushed: async (_: string, _seq: number) => undefined,
    },
    () => NOW,
  );
  await slow.storedHead('pad');
  const move = slow.moveHead('pad', { epoch: EPOCH, seq: 4, lastSource: 's' });
  expect(await slow.storedHead('pad')).toMatchObject({ seq: 4, pushed: 0 });
  await slow.markPushed('pad', 4);
  finish();
  await move;
  expect(await slow.storedHead('pad')).toMatchObject({ seq: 4, pushed: 4 });
  expect(reads()).toBe(1);
});

test('a head that could not be moved is read again, though something was pushed meanwhile', async () => {
  const { log } = rememberedLog();
  let fail = () => {};
  const broken = rememberHeads(
    {
      ...log,
      moveHead: (_: string, _head: unknown) =>
        new Promise<void>((_resolve, reject) => {
          fail = () => reject(new Error('broken'));
        }),
      markPushed: async (_: string, _seq: number) => fail(),
    },
    () => NOW,
  );
  await broken.storedHead('pad');
  const move = broken.moveHead('pad', { epoch: EPOCH, seq: 4, lastSource: 's' });
  await Promise.all([expect(move).rejects.toThrow('broken'), broken.markPushed('pad', 4)]);
  expect(await broken.storedHead('pad')).toMatchObject({ seq: 0 });
});

test('what failed is not believed', async () => {
  const { log, reads } = rememberedLog();
  const broken = rememberHeads(
    { ...log, moveHead: (_: string, _head: unknown) => Promise.reject(new Error('broken')) },
    () => NOW,
  );
  await broken.storedHead('pad');
  await expect(broken.moveHead('pad', { epoch: EPOCH, seq: 4, lastSource: '' })).rejects.toThrow();
  expect(await broken.storedHead('pad')).toMatchObject({ seq: 0 });
  expect(reads()).toBe(1);
});

test('no more than a thousand are remembered', async () => {
  const { log, reads } = rememberedLog();
  for (let pad = 0; pad <= 1000; pad += 1) await log.storedHead(`pad${pad}`);
  await log.storedHead('pad1000');
  expect(reads()).toBe(1001);
  await log.storedHead('pad0');
  expect(reads()).toBe(1002);
});

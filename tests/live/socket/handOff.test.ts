import { describe, expect, test } from '@jest/globals';
import type { ChangeLog } from '#domain/memo/changeLog.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { batchesOf, initialisedClient, seqsOf, watch } from '#tests/live/client.ts';
import { givenPerson, logChange, logMany, type TestPerson } from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';

const scene = useLiveScene();

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

describe('a change that comes in while a subscription catches up', () => {
  /** Logs a change, and has it drained, at each of the given moments. */
  function racing(person: TestPerson, moments: { beforeGoLive?: number; afterRead?: number }) {
    let { beforeGoLive = 0, afterRead = 0 } = moments;
    const disturb = async () => {
      await logChange(scene, person.userId);
      await scene.drain(person.userId);
    };
    const subscriptions: SubscriptionStore = {
      ...scene.subscriptions,
      async goLive(key, fromSeq) {
        beforeGoLive -= 1;
        if (beforeGoLive >= 0) await disturb();
        return scene.subscriptions.goLive(key, fromSeq);
      },
    };
    const changes: ChangeLog = {
      ...scene.changes,
      async read(padId, after, limit) {
        const page = await scene.changes.read(padId, after, limit);
        afterRead -= 1;
        if (afterRead >= 0) await disturb();
        return page;
      },
    };
    return scene.socketWith({ subscriptions, changes });
  }

  test.each([
    ['just before it goes live', { beforeGoLive: 1 }, 5],
    ['five times just before it goes live', { beforeGoLive: 5 }, 9],
    ['after each of three reads', { afterRead: 3 }, 7],
    ['at both', { beforeGoLive: 3, afterRead: 3 }, 10],
  ])('has one sender: %s', async (_, moments, count) => {
    const person = await givenPerson(scene);
    await logMany(scene, person, 3);
    const client = await initialisedClient(scene, person, racing(person, moments));
    await watch(client, { padId: person.userId, since: '0.0' });
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    expect(seqsOf(client)).toEqual(upTo(count));
    expect(
      batchesOf(client).filter(({ caughtUp, changes }) => caughtUp && !changes.length),
    ).toHaveLength(1);
  });

  test('is not left out where changes never stop: it may come twice then', async () => {
    const person = await givenPerson(scene);
    const client = await initialisedClient(
      scene,
      person,
      racing(person, { beforeGoLive: 99, afterRead: 8 }),
    );
    await watch(client, { padId: person.userId, since: '0.0' });
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    const seqs = batchesOf(client).flatMap(({ changes }) => changes.map(({ seq }) => seq));
    expect([...new Set(seqs)].sort((one, other) => one - other)).toEqual(
      upTo((await scene.changes.head(person.userId)).seq),
    );
  });

  test('would get lost if going live didn’t look for it', async () => {
    const person = await givenPerson(scene);
    const careless = {
      ...scene.subscriptions,
      async goLive(...[key, fromSeq]: Parameters<SubscriptionStore['goLive']>) {
        await logChange(scene, person.userId);
        await scene.drain(person.userId);
        return scene.subscriptions.goLiveWithOverlap(key, fromSeq);
      },
    };
    const client = await initialisedClient(
      scene,
      person,
      scene.socketWith({ subscriptions: careless }),
    );
    await watch(client, { padId: person.userId });
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    const seqs = batchesOf(client).flatMap(({ changes }) => changes.map(({ seq }) => seq));
    expect(seqs).toEqual([2]);
  });
});

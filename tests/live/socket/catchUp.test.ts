import { describe, expect, test } from '@jest/globals';
import type { ChangeLog } from '#domain/memo/changeLog.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { type Batch, batchesOf, initialisedClient, seqsOf, watch } from '#tests/live/client.ts';
import {
  givenPerson,
  headOf,
  logChange,
  logMany,
  signUp,
  type TestPerson,
  writeMemo,
} from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';

const scene = useLiveScene();

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

test('a new watcher is live from now on and gets what follows, across services', async () => {
  const person = await signUp(scene, 'Ada');
  const padId = person.userId;
  await writeMemo(scene, person, { title: 'before' });
  const client = await initialisedClient(scene, person);
  await watch(client, { padId });
  const start = await headOf(scene, padId);
  await writeMemo(scene, person, { title: 'after' });
  await scene.drain(padId);
  const memo = { title: 'after', body: 'and bread', author: { displayName: 'Ada' } };
  expect(batchesOf(client)).toEqual([
    { padId, from: start, to: start, caughtUp: true, reset: false, changes: [] },
    {
      ...{ padId, from: start, to: await headOf(scene, padId), caughtUp: true, reset: false },
      changes: [expect.objectContaining({ seq: 2, kind: 'CREATED', memo })],
    },
  ]);
});

test('of a pad without a log, the first change included', async () => {
  const person = await givenPerson(scene);
  const client = await initialisedClient(scene, person);
  await watch(client, { padId: person.userId });
  expect(batchesOf(client)).toMatchObject([{ from: '0.0', to: '0.0', caughtUp: true }]);
  await logChange(scene, person.userId);
  await scene.drain(person.userId);
  expect(seqsOf(client)).toEqual([1]);
});

test('a cursor is gone on from, page by page, and each change comes once', async () => {
  const person = await givenPerson(scene);
  await logMany(scene, person, 120);
  await scene.drain(person.userId);
  const client = await initialisedClient(scene, person);
  await watch(client, { padId: person.userId, since: '0.0' });
  await logChange(scene, person.userId);
  await scene.drain(person.userId);
  expect(seqsOf(client)).toEqual(upTo(121));
  const states = batchesOf(client).map(({ caughtUp, changes }) => [caughtUp, changes.length]);
  expect(states).toEqual([
    ...[
      [false, 50],
      [false, 50],
      [false, 20],
    ],
    ...[
      [true, 0],
      [true, 1],
    ],
  ]);
});

test('names of the client’s own are kept throughout', async () => {
  const person = await givenPerson(scene);
  await logMany(scene, person, 1);
  const client = await initialisedClient(scene, person);
  const query = `subscription ($padId: ID!) { mine: memoChanges(padId: $padId, since: "0.0") {
    __typename end: to live: caughtUp list: changes { n: seq __typename } } }`;
  await watch(client, { padId: person.userId }, query);
  const end = await headOf(scene, person.userId);
  const __typename = 'MemoChangeBatch';
  const list = [{ n: 1, __typename: 'MemoChange' }];
  expect(client.heard().slice(1)).toEqual(
    [
      { __typename, end, live: false, list },
      { __typename, end, live: true, list: [] },
    ].map((mine) => ({ id: 'watch', type: 'next', payload: { data: { mine } } })),
  );
});

describe('a cursor that can’t be gone on from is reset to the log’s end', () => {
  const resets: [string, (person: TestPerson) => Promise<string>][] = [
    ['of another log', async () => '01ARZ3NDEKTSV4RRFFQ69G5FAV.1'],
    ['of another log, at the same number', async () => '01ARZ3NDEKTSV4RRFFQ69G5FAV.3'],
    [
      'ahead of the log',
      async ({ userId }) => (await headOf(scene, userId)).replace(/\.\d+$/, '.99'),
    ],
  ];
  test.each(resets)('%s', async (_, cursorOf) => {
    const person = await givenPerson(scene);
    const padId = person.userId;
    await logMany(scene, person, 3);
    const since = await cursorOf(person);
    const client = await initialisedClient(scene, person);
    await watch(client, { padId, since });
    const to = await headOf(scene, padId);
    expect(batchesOf(client)).toEqual([
      { padId, from: since, to, caughtUp: false, reset: true, changes: [] },
      { padId, from: to, to, caughtUp: true, reset: false, changes: [] },
    ]);
    await logChange(scene, padId);
    await scene.drain(padId);
    expect(seqsOf(client)).toEqual([4]);
  });

  const withHoles: [string, (changes: ChangeLog) => Partial<ChangeLog>][] = [
    [
      'whose next changes are no longer told',
      (changes) => ({
        read: async (padId, after, limit) =>
          (await changes.read(padId, after, limit)).filter(({ seq }) => seq > 2),
      }),
    ],
    ['behind which nothing is told any more', () => ({ read: async () => [] })],
    [
      'too long ago',
      (changes) => ({
        head: async (padId) => ({ ...(await changes.head(padId)), seq: 1_002 }),
        read: async () => [],
      }),
    ],
  ];
  test.each(withHoles)('%s', async (_, change) => {
    const person = await givenPerson(scene);
    await logMany(scene, person, 4);
    const since = (await headOf(scene, person.userId)).replace(/\.4$/, '.1');
    const changes = { ...scene.changes, ...change(scene.changes) };
    const client = await initialisedClient(scene, person, scene.socketWith({ changes }));
    await watch(client, { padId: person.userId, since });
    const [first, second] = batchesOf(client);
    expect(first).toMatchObject({ from: since, reset: true, changes: [] });
    expect(second).toMatchObject({ from: first?.to, caughtUp: true, reset: false });
  });
});

test('a subscription that its client completes while it catches up goes no further', async () => {
  const person = await givenPerson(scene);
  await logMany(scene, person, 2);
  const subscriptions = {
    ...scene.subscriptions,
    async goLive(...[key, fromSeq]: Parameters<SubscriptionStore['goLive']>) {
      await scene.subscriptions.complete(key);
      return scene.subscriptions.goLive(key, fromSeq);
    },
  };
  const client = await initialisedClient(scene, person, scene.socketWith({ subscriptions }));
  await watch(client, { padId: person.userId, since: '0.0' });
  expect(seqsOf(client)).toEqual([1, 2]);
  expect(batchesOf(client).some(({ caughtUp }) => caughtUp)).toBe(false);
  expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
});

test('a connection that is gone in the middle of a replay leaves nothing behind', async () => {
  const person = await givenPerson(scene);
  await logMany(scene, person, 60);
  const client = await initialisedClient(scene, person);
  let posts = 0;
  scene.connections.decide(client.connectionId, () => {
    posts += 1;
    return posts > 1 ? 'GONE' : 'ARRIVES';
  });
  await watch(client, { padId: person.userId, since: '0.0' });
  expect(seqsOf(client)).toEqual(upTo(50));
  expect(await scene.subscriptions.listLive(person.userId)).toEqual([]);
  expect(await scene.subscriptions.connection(client.connectionId)).toBeNull();
});

test('a memo that is written to between two pages is shown as it is, a purged one as null', async () => {
  const person = await givenPerson(scene);
  const padId = person.userId;
  const kept = await writeMemo(scene, person, { title: 'first' });
  const purged = await writeMemo(scene, person, { title: 'second' });
  await logMany(scene, person, 50);
  await person.ask('mutation ($input: UpdateMemoInput!) { updateMemo(input: $input) { id } }', {
    input: { id: kept, title: 'changed' },
  });
  await person.ask('mutation ($id: ID!) { purgeMemo(id: $id) }', { id: purged });
  await logChange(scene, padId, { kind: 'DELETED', memoId: purged, version: 2 });
  const client = await initialisedClient(scene, person);
  await watch(client, { padId, since: '0.0' });
  expect(seqsOf(client)).toEqual(upTo(53));
  const changes = batchesOf(client).flatMap((batch: Batch) => batch.changes);
  expect(changes[0]?.memo?.title).toBe('changed');
  expect(changes[1]?.memo).toBeNull();
  expect(changes[52]).toMatchObject({ kind: 'DELETED', memoId: purged, memo: null });
});

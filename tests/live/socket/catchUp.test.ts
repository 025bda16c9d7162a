import { describe, expect, test } from '@jest/globals';
import type { ChangeLog } from '#domain/memo/changeLog.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import {
  type Batch,
  batchesOf,
  givenPerson,
  headOf,
  initialisedClient,
  type LiveScene,
  logChange,
  signUp,
  type TestClient,
  type TestPerson,
  useLiveScene,
  WATCH,
  watch,
  writeMemo,
} from '#tests/live/scene.ts';

const scene = useLiveScene();

/** The numbers of all changes a client was sent, in order; fails when batches don't join. */
function seqsOf(client: TestClient): number[] {
  const batches = batchesOf(client);
  for (const [index, { from }] of batches.entries()) {
    if (index > 0) expect(from).toBe(batches[index - 1]?.to);
  }
  return batches.flatMap(({ changes }) => changes.map(({ seq }) => seq));
}

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

async function logMany(person: TestPerson, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await logChange(scene, person.userId);
}

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
  await logMany(person, 120);
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
  await logMany(person, 1);
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
    await logMany(person, 3);
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
    await logMany(person, 4);
    const since = (await headOf(scene, person.userId)).replace(/\.4$/, '.1');
    const changes = { ...scene.changes, ...change(scene.changes) };
    const client = await initialisedClient(scene, person, scene.socketWith({ changes }));
    await watch(client, { padId: person.userId, since });
    const [first, second] = batchesOf(client);
    expect(first).toMatchObject({ from: since, reset: true, changes: [] });
    expect(second).toMatchObject({ from: first?.to, caughtUp: true, reset: false });
  });
});

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
    await logMany(person, 3);
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

test('a subscription that its client completes while it catches up goes no further', async () => {
  const person = await givenPerson(scene);
  await logMany(person, 2);
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
  await logMany(person, 60);
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

describe('in a shared pad', () => {
  const PAD = 'mutation { createPad(name: "Home") { id } }';

  async function givenSharedPad(scene: LiveScene) {
    const [owner, member] = [await givenPerson(scene), await givenPerson(scene)];
    const padId = ((await owner.ask(PAD)) as { createPad: { id: string } }).createPad.id;
    const join = async () => {
      const invite = `mutation ($padId: ID!) { createInvite(padId: $padId, role: VIEWER) { secret } }`;
      const { createInvite } = (await owner.ask(invite, { padId })) as {
        createInvite: { secret: string };
      };
      await member.ask(
        'mutation ($secret: String!) { acceptInvite(secret: $secret) { id } }',
        createInvite,
      );
    };
    const leave = async () => {
      await member.ask('mutation ($padId: ID!) { leavePad(padId: $padId) }', { padId });
      await logChange(scene, padId, {
        kind: 'PAD_CHANGED',
        memoId: null,
        aboutPadId: padId,
        leftUserId: member.userId,
      });
    };
    await join();
    await logChange(scene, padId);
    return { owner, member, padId, join, leave };
  }

  const end = [
    {
      type: 'next',
      id: 'watch',
      payload: {
        data: null,
        errors: [
          { message: expect.stringMatching(/no longer/), extensions: { code: 'NOT_FOUND' } },
        ],
      },
    },
    { type: 'complete', id: 'watch' },
  ];

  test('who leaves gets nothing of what follows, and is told so; the others do', async () => {
    const { owner, member, padId, leave } = await givenSharedPad(scene);
    const [staying, leaving] = [
      await initialisedClient(scene, owner),
      await initialisedClient(scene, member),
    ];
    await watch(staying, { padId, since: '0.0' });
    await watch(leaving, { padId, since: '0.0' });
    await leave();
    await logChange(scene, padId);
    await scene.drain(padId);
    expect(seqsOf(staying)).toEqual([1, 2, 3]);
    expect(leaving.heard().slice(-2)).toEqual(end);
    expect(JSON.stringify(leaving.heard())).not.toContain('"seq":3');
    expect(await scene.subscriptions.listOfConnection(leaving.connectionId)).toEqual([]);
  });

  test('who leaves while catching up too', async () => {
    const { member, padId, leave } = await givenSharedPad(scene);
    const subscriptions = {
      ...scene.subscriptions,
      async startCatchingUp(...given: Parameters<SubscriptionStore['startCatchingUp']>) {
        await leave();
        await logChange(scene, padId);
        return scene.subscriptions.startCatchingUp(...given);
      },
    };
    const client = await initialisedClient(scene, member, scene.socketWith({ subscriptions }));
    await watch(client, { padId });
    expect(client.heard().slice(1)).toEqual(end);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });

  test('whose name changes, the watchers of its members’ personal pads are told', async () => {
    const { member, padId } = await givenSharedPad(scene);
    const about = { kind: 'PAD_CHANGED', memoId: null, aboutPadId: padId } as const;
    const client = await initialisedClient(scene, member);
    await watch(
      client,
      { padId: member.userId },
      WATCH.replace('memo {', 'pad { id name createdAt } memo {'),
    );
    await logChange(scene, member.userId, about);
    await scene.drain(member.userId);
    const pad = { id: padId, name: 'Home', createdAt: expect.any(String) };
    expect(batchesOf(client).at(-1)?.changes).toMatchObject([
      { kind: 'PAD_CHANGED', memo: null, pad },
    ]);
    expect(client.heard().at(-1)?.payload).not.toHaveProperty('errors');
  });

  test('who left can’t begin, and who came back can, from before', async () => {
    const { member, padId, join, leave } = await givenSharedPad(scene);
    await leave();
    const client = await initialisedClient(scene, member);
    await watch(client, { padId, since: '0.0' }, WATCH, 'gone');
    expect(client.heard().slice(1)).toMatchObject([
      { type: 'error', id: 'gone', payload: [{ extensions: { code: 'NOT_FOUND' } }] },
    ]);
    await join();
    await watch(client, { padId, since: '0.0' });
    expect(seqsOf(client)).toEqual([1, 2]);
    await logChange(scene, padId);
    await scene.drain(padId);
    expect(seqsOf(client)).toEqual([1, 2, 3]);
  });
});

test('a memo that is written to between two pages is shown as it is, a purged one as null', async () => {
  const person = await givenPerson(scene);
  const padId = person.userId;
  const kept = await writeMemo(scene, person, { title: 'first' });
  const purged = await writeMemo(scene, person, { title: 'second' });
  await logMany(person, 50);
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

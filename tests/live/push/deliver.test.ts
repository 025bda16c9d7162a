import { beforeEach, describe, expect, test } from '@jest/globals';
import type { AskGateway } from '#live/push/askGateway.ts';
import { GatewayOutOfReach } from '#live/push/gatewayByLambda.ts';
import type { LiveSubscription } from '#table/live/subscriptions.ts';
import { batchesOf, initialisedClient, WATCH, watch } from '#tests/live/client.ts';
import {
  givenPerson,
  logChange,
  logMany,
  signUp,
  type TestPerson,
  writeMemo,
} from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';

const scene = useLiveScene();

beforeEach(() => {
  scene.asked.length = 0;
  scene.ask = undefined;
});

async function givenWatchers(person: TestPerson, count: number, query = WATCH) {
  const clients = [];
  for (let index = 0; index < count; index += 1) {
    const client = await initialisedClient(scene, person);
    await watch(client, { padId: person.userId }, query);
    clients.push(client);
  }
  scene.asked.length = 0;
  return clients;
}

const seqs = (client: Parameters<typeof batchesOf>[0]) =>
  batchesOf(client).flatMap(({ changes }) => changes.map(({ seq }) => seq));

test('what two members select alike is run once, and both get it; a document that names an e-mail address is refused', async () => {
  const [ada, bob] = [await signUp(scene, 'Ada'), await givenPerson(scene)];
  const { createPad } = (await ada.ask('mutation { createPad(name: "Home") { id } }')) as {
    createPad: { id: string };
  };
  const padId = createPad.id;
  const { createInvite } = (await ada.ask(
    'mutation ($padId: ID!) { createInvite(padId: $padId, role: VIEWER) { secret } }',
    { padId },
  )) as { createInvite: { secret: string } };
  await bob.ask(
    'mutation ($secret: String!) { acceptInvite(secret: $secret) { id } }',
    createInvite,
  );
  const clients = [await initialisedClient(scene, ada), await initialisedClient(scene, bob)];
  for (const client of clients) {
    await watch(client, { padId }, WATCH.replace('displayName', 'displayName email'), 'mail');
    await watch(client, { padId });
  }
  scene.asked.length = 0;
  await writeMemo(scene, ada, { padId });
  await scene.drain(padId);
  expect(scene.asked).toHaveLength(1);
  for (const client of clients) {
    expect(client.heard()).toContainEqual(
      expect.objectContaining({
        type: 'error',
        id: 'mail',
        payload: [expect.objectContaining({ message: expect.stringContaining('User.email') })],
      }),
    );
    expect(batchesOf(client).at(-1)?.changes).toMatchObject([
      { seq: 1, memo: { title: 'Milk', author: { displayName: 'Ada' } } },
    ]);
  }
});

test('many equal subscriptions are one run and one message each; other ones are runs of their own', async () => {
  const person = await givenPerson(scene);
  const alike = await givenWatchers(person, 8);
  const other = await givenWatchers(person, 2, WATCH.replace('title body', 'title'));
  const postsBefore = alike.map(({ connectionId }) => scene.connections.posts(connectionId));
  for (let index = 0; index < 7; index += 1) await logChange(scene, person.userId);
  await scene.drain(person.userId);
  expect(scene.asked).toHaveLength(2);
  for (const client of [...alike, ...other]) expect(seqs(client)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const posts = alike.map(({ connectionId }) => scene.connections.posts(connectionId));
  expect(posts).toEqual(postsBefore.map((count) => count + 1));
});

test('whoever began later gets what is new to them alone, from the same run', async () => {
  const person = await givenPerson(scene);
  const [early] = await givenWatchers(person, 1);
  await logChange(scene, person.userId);
  await logChange(scene, person.userId);
  const [late] = await givenWatchers(person, 1);
  await logChange(scene, person.userId);
  await scene.drain(person.userId);
  expect(scene.asked).toHaveLength(1);
  expect(early && seqs(early)).toEqual([1, 2, 3]);
  expect(late && seqs(late)).toEqual([3]);
  const last = late && batchesOf(late).at(-1);
  expect(last?.from).toBe(late && batchesOf(late)[0]?.to);
});

test('more than a page is brought page by page', async () => {
  const person = await givenPerson(scene);
  const [client] = await givenWatchers(person, 1);
  for (let index = 0; index < 70; index += 1) await logChange(scene, person.userId);
  await scene.drain(person.userId);
  expect(client && batchesOf(client).map(({ changes }) => changes.length)).toEqual([0, 50, 20]);
  expect(scene.asked).toHaveLength(2);
});

test('at most 50 posts are in flight', async () => {
  const person = await givenPerson(scene);
  const clients = await givenWatchers(person, 60);
  scene.connections.inFlight.most = 0;
  await logChange(scene, person.userId);
  await scene.drain(person.userId);
  expect(scene.connections.inFlight.most).toBe(50);
  for (const client of clients) expect(seqs(client)).toEqual([1]);
});

describe('one connection in trouble is no trouble to the others', () => {
  test('gone: its rows are removed at the first sight, and it is posted to no more', async () => {
    const person = await givenPerson(scene);
    const [gone, other] = await givenWatchers(person, 2);
    if (!gone || !other) throw new Error('Expected two clients.');
    scene.connections.decide(gone.connectionId, () => 'GONE');
    const before = scene.connections.posts(gone.connectionId);
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    expect(scene.connections.posts(gone.connectionId)).toBe(before + 1);
    expect(seqs(other)).toEqual([1, 2]);
    const rest = await scene.subscriptions.listLive(person.userId);
    expect(rest.map(({ connectionId }) => connectionId)).toEqual([other.connectionId]);
    expect(await scene.subscriptions.connection(gone.connectionId)).toBeNull();
  });

  test('failing for long: it is closed, so that its client comes back, rather than sent something else', async () => {
    const person = await givenPerson(scene);
    const [failing, other] = await givenWatchers(person, 2);
    if (!failing || !other) throw new Error('Expected two clients.');
    scene.connections.decide(failing.connectionId, () => 'FAILS');
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    expect(scene.connections.closed).toContain(failing.connectionId);
    expect(scene.connections.closed).not.toContain(other.connectionId);
    expect(seqs(other)).toEqual([1]);
    expect(await scene.subscriptions.listLive(person.userId)).toHaveLength(1);
  });

  test('failing once: it is posted to again', async () => {
    const person = await givenPerson(scene);
    const [client] = await givenWatchers(person, 1);
    if (!client) throw new Error('Expected a client.');
    const fates = ['FAILS', 'FAILS_AFTER', 'ARRIVES'] as const;
    let posts = -1;
    scene.connections.decide(client.connectionId, () => fates[++posts] ?? 'ARRIVES');
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    // What failed after it had arrived comes twice; clients know by the cursors.
    expect(seqs(client)).toEqual([1, 1]);
    expect(scene.connections.closed).not.toContain(client.connectionId);
  });

  test('and whoever is gone is gone for the next page too', async () => {
    const person = await givenPerson(scene);
    const [client] = await givenWatchers(person, 1);
    if (!client) throw new Error('Expected a client.');
    scene.connections.decide(client.connectionId, () => 'GONE');
    for (let index = 0; index < 60; index += 1) await logChange(scene, person.userId);
    await scene.drain(person.userId);
    expect(scene.asked).toHaveLength(1);
  });
});

describe('when the gateway', () => {
  test('is out of reach, the drain fails and nothing is lost', async () => {
    const person = await givenPerson(scene);
    const [client] = await givenWatchers(person, 1);
    await logChange(scene, person.userId);
    scene.ask = () => Promise.reject(new Error('out of reach'));
    await expect(scene.drain(person.userId)).rejects.toThrow('out of reach');
    scene.ask = async () => ({
      data: null,
      errors: [{ message: '', extensions: { code: 'INTERNAL' } }],
    });
    await expect(scene.drain(person.userId)).rejects.toThrow(/INTERNAL/);
    scene.ask = undefined;
    await scene.drain(person.userId);
    expect(client && seqs(client)).toEqual([1]);
  });

  test('can’t have a part for a moment, it is asked again; for longer, the change says that something is missing', async () => {
    const person = await givenPerson(scene);
    const [client] = await givenWatchers(person, 1);
    const errors = [
      {
        message: 'Something went wrong.',
        path: ['memoChanges', 'changes', 0, 'memo', 'author'],
        extensions: { code: 'INTERNAL' },
      },
    ];
    let failures = 2;
    const ask: AskGateway = async ({ variables }) => {
      failures -= 1;
      const isWhole = failures < 0;
      const seq = Number(String(variables.live_since).split('.')[1]) + 1;
      const memo = isWhole ? { title: 'Milk' } : null;
      const batch = {
        live_to: `01ARZ3NDEKTSV4RRFFQ69G5FAV.${seq}`,
        live_reset: false,
        changes: [{ seq, truncated: false, memo }],
      };
      return { data: { memoChanges: batch }, ...(!isWhole && { errors }) };
    };
    scene.ask = ask;
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    failures = 9;
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    expect(client && batchesOf(client).flatMap(({ changes }) => changes)).toEqual([
      { seq: 1, truncated: false, memo: { title: 'Milk' } },
      { seq: 2, truncated: true, memo: null },
    ]);
    expect(client?.heard().at(-1)?.payload).toMatchObject({ errors });
  });

  test('refuses a document for good, its subscriptions end and say so', async () => {
    const person = await givenPerson(scene);
    const [client] = await givenWatchers(person, 1);
    await logChange(scene, person.userId);
    const refusal = { message: 'No more.', extensions: { code: 'BAD_USER_INPUT' } };
    scene.ask = async () => ({ errors: [refusal] });
    await scene.drain(person.userId);
    expect(client?.heard().slice(-2)).toEqual([
      { type: 'next', id: 'watch', payload: { data: null, errors: [refusal] } },
      { type: 'complete', id: 'watch' },
    ]);
    expect(await scene.subscriptions.listLive(person.userId)).toEqual([]);
  });

  test('finds a page too much, the changes come one by one', async () => {
    const person = await givenPerson(scene);
    const [client] = await givenWatchers(person, 1);
    for (let index = 0; index < 3; index += 1) await logChange(scene, person.userId);
    const batch = (seq: number) => ({
      live_to: `01ARZ3NDEKTSV4RRFFQ69G5FAV.${seq}`,
      live_reset: false,
      changes: [{ seq, kind: 'EDITED', memo: null }],
    });
    scene.ask = async ({ query, variables }) => {
      if (!query.includes('first:1)')) {
        return { errors: [{ message: '', extensions: { code: 'PAYLOAD_TOO_LARGE' } }] };
      }
      const since = Number(String(variables.live_since).split('.')[1]);
      return { data: { memoChanges: batch(since + 1) } };
    };
    await scene.drain(person.userId);
    expect(client && seqs(client)).toEqual([1, 2, 3]);
  });

  test.each<[string, () => ReturnType<AskGateway>]>([
    ['fails', async () => ({ errors: [{ message: '', extensions: { code: 'INTERNAL' } }] })],
    ['is out of reach', () => Promise.reject(new GatewayOutOfReach('no answer'))],
  ])(
    '%s at a page that is too much, the changes come one by one, and so do those of the next minutes',
    async (_, fail) => {
      const person = await givenPerson(scene);
      const [client] = await givenWatchers(person, 1);
      let pages = 0;
      const ask: AskGateway = async ({ query, variables }) => {
        if (!query.includes('first:1)')) {
          pages += 1;
          return fail();
        }
        const seq = Number(String(variables.live_since).split('.')[1]) + 1;
        const changes = [{ seq, kind: 'EDITED', memo: null }];
        const live_to = `01ARZ3NDEKTSV4RRFFQ69G5FAV.${seq}`;
        return { data: { memoChanges: { live_to, live_reset: false, changes } } };
      };
      scene.ask = ask;
      await logMany(scene, person, 3);
      await scene.drain(person.userId);
      expect(client && seqs(client)).toEqual([1, 2, 3]);
      const tries = pages;
      expect(tries).toBeGreaterThan(0);
      await logMany(scene, person, 2);
      await scene.drain(person.userId);
      expect(client && seqs(client)).toEqual([1, 2, 3, 4, 5]);
      expect(pages).toBe(tries);
      scene.passTime(5 * 60_000);
      await logMany(scene, person, 2);
      await scene.drain(person.userId);
      expect(pages).toBe(2 * tries);
    },
  );

  test('lets us wait for long, it isn’t asked for less in the same breath', async () => {
    const person = await givenPerson(scene);
    await givenWatchers(person, 1);
    await logMany(scene, person, 2);
    scene.ask = async () => {
      scene.passTime(10_001);
      throw new GatewayOutOfReach('no answer');
    };
    await expect(scene.drain(person.userId)).rejects.toThrow(GatewayOutOfReach);
    expect(scene.asked).toHaveLength(1);
  });

  test('leaves out a change, it is believed no word', async () => {
    const person = await givenPerson(scene);
    await givenWatchers(person, 1);
    await logChange(scene, person.userId);
    const batch = { live_to: '01ARZ3NDEKTSV4RRFFQ69G5FAV.1', live_reset: false, changes: [] };
    scene.ask = async () => ({ data: { memoChanges: batch } });
    await expect(scene.drain(person.userId)).rejects.toThrow(/each change/);
  });
});

test('a subscription whose document is not kept can’t be told anything, and keeps trying', async () => {
  const person = await givenPerson(scene);
  await logChange(scene, person.userId);
  const [from, toSeq] = [{ epoch: '0', seq: 0 }, 1];
  const group = { padId: person.userId, documentHash: 'unknown' };
  const expiresAt = Math.floor(scene.now() / 1000) + 60;
  const recipient: LiveSubscription = {
    ...group,
    connectionId: 'Z=',
    operationId: '1',
    fromSeq: 1,
    expiresAt,
  };
  await expect(scene.push.deliver(group, { from, toSeq }, [recipient])).rejects.toThrow(/document/);
});

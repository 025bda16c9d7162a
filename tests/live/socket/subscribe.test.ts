import { beforeAll, describe, expect, test } from '@jest/globals';
import type { GatewayAnswer } from '#live/push/askGateway.ts';
import { batchesOf, connectClient, initialisedClient, WATCH, watch } from '#tests/live/client.ts';
import { givenPerson, headOf, logChange, type TestPerson, writeMemo } from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';

const scene = useLiveScene();
let person: TestPerson;
beforeAll(async () => {
  person = await givenPerson(scene);
});

describe('subscribe', () => {
  test('before the acknowledgement ends the connection', async () => {
    const client = connectClient(scene);
    await watch(client, { padId: person.userId });
    expect(client.heard()).toMatchObject([
      { type: 'error', id: 'connection', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
    expect(scene.connections.closed).toContain(client.connectionId);
  });

  test('with an id that is taken ends the connection', async () => {
    const client = await initialisedClient(scene, person);
    await watch(client, { padId: person.userId });
    await watch(client, { padId: person.userId });
    expect(client.heard().at(-1)).toMatchObject({ type: 'error', id: 'connection' });
    expect(scene.connections.closed).toContain(client.connectionId);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });

  test.each([
    ['a query', '{ me { id } }', {}, 'BAD_USER_INPUT', /over HTTP/],
    [
      'what it may not select',
      WATCH.replace('displayName', 'email'),
      {},
      'BAD_USER_INPUT',
      /User.email/,
    ],
    ['no cursor', WATCH, { since: 'yesterday' }, 'BAD_USER_INPUT', /cursor/],
    ['a pad of others', WATCH, { padId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, 'NOT_FOUND', /a pad/],
    ['no pad', WATCH, { padId: 'x' }, 'NOT_FOUND', /a pad/],
  ])('to %s is told so, and the connection goes on', async (_, query, given, code, message) => {
    const client = await initialisedClient(scene, person);
    await watch(client, { padId: person.userId, ...given }, query, 'bad');
    const [, refusal, ...more] = client.heard();
    expect(more).toEqual([]);
    expect(refusal).toMatchObject({ type: 'error', id: 'bad' });
    const errors = refusal?.payload as { message: string; extensions: object }[] | undefined;
    const error = errors?.[0];
    expect(error?.extensions).toEqual({ code });
    expect(error?.message).toMatch(message);
    await watch(client, { padId: person.userId }, WATCH, 'good');
    expect(batchesOf(client, 'good')).toMatchObject([{ caughtUp: true }]);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toHaveLength(1);
  });

  test('to what the gateway refuses is told what it says, and leaves no row', async () => {
    const aliases = Array.from({ length: 20 }, (_, index) => `a${index}: to`).join(' ');
    const client = await initialisedClient(scene, person);
    await watch(
      client,
      { padId: person.userId },
      `subscription ($padId: ID!) { memoChanges(padId: $padId) { ${aliases} } }`,
    );
    expect(client.heard().at(-1)).toMatchObject({
      type: 'error',
      id: 'watch',
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });

  test('takes every field that may be selected', async () => {
    const all = `subscription ($padId: ID!, $since: String) { memoChanges(padId: $padId, since: $since) {
      padId from to caughtUp reset changes { seq kind memoId version truncated pad { id name createdAt }
        memo { id pad { id } title body excerpt tasks { index text done } taskCount doneTaskCount tags color
          pinned state trashedAt version createdAt updatedAt author { id displayName createdAt } lastEditor { id displayName createdAt } } } } }`;
    await writeMemo(scene, person, { body: '- [ ] milk' });
    const client = await initialisedClient(scene, person);
    await watch(client, { padId: person.userId, since: '0.0' }, all);
    const [replayed] = batchesOf(client);
    expect(replayed?.changes.at(-1)?.memo).toMatchObject({ tasks: [{ text: 'milk' }] });
  });

  test('is refused the 101st time', async () => {
    const other = await givenPerson(scene);
    const client = await initialisedClient(scene, other);
    const query = 'subscription ($padId: ID!) { memoChanges(padId: $padId) { to } }';
    const ids = Array.from({ length: 101 }, (_, index) => `w${index}`);
    for (const id of ids) await watch(client, { padId: other.userId }, query, id);
    expect(client.heard().filter(({ type }) => type === 'error')).toMatchObject([
      { id: 'w100', payload: [{ message: expect.stringMatching(/at most 100/) }] },
    ]);
  });

  test('that takes too long is told to try again, leaves no row, and nothing comes of it later', async () => {
    const other = await givenPerson(scene);
    await logChange(scene, other.userId);
    await watch(await initialisedClient(scene, other), { padId: other.userId });
    let give: (answer: GatewayAnswer) => void = () => {};
    const asked = new Promise<void>((resolve) => {
      scene.ask = () => {
        resolve();
        return new Promise((answer) => {
          give = answer;
        });
      };
    });
    const timeout = new AbortController();
    const startTimeout = () => timeout.signal;
    const client = await initialisedClient(scene, other, scene.socketWith({ startTimeout }));
    const subscribed = watch(client, { padId: other.userId, since: '0.0' });
    await asked;
    timeout.abort();
    await subscribed;
    scene.ask = undefined;
    const live_to = await headOf(scene, other.userId);
    give({ data: { memoChanges: { live_to, live_reset: false, changes: [{}] } } });
    await new Promise((resolve) => setImmediate(resolve));
    expect(scene.connections.posts(client.connectionId)).toBe(1);
    expect(client.heard().slice(1)).toEqual([
      {
        type: 'error',
        id: 'watch',
        payload: [{ message: expect.stringMatching(/too long/), extensions: { code: 'INTERNAL' } }],
      },
    ]);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });

  test('that fails when its row can’t be removed either closes the connection', async () => {
    const other = await givenPerson(scene);
    await logChange(scene, other.userId);
    await watch(await initialisedClient(scene, other), { padId: other.userId });
    const broken = () => Promise.reject(new Error('no table'));
    const subscriptions = { ...scene.subscriptions, remove: broken, goLive: broken };
    const client = await initialisedClient(scene, other, scene.socketWith({ subscriptions }));
    await watch(client, { padId: other.userId });
    expect(scene.connections.closed).toContain(client.connectionId);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });

  test('when the gateway can’t be had is told to try again, and leaves no row', async () => {
    const other = await givenPerson(scene);
    await logChange(scene, other.userId);
    const client = await initialisedClient(scene, other);
    scene.ask = () => Promise.reject(new Error('out of reach'));
    await watch(client, { padId: other.userId, since: '0.0' });
    scene.ask = undefined;
    expect(client.heard().slice(1)).toMatchObject([
      { type: 'error', id: 'watch', payload: [{ extensions: { code: 'INTERNAL' } }] },
    ]);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });
});

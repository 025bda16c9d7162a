import { beforeAll, describe, expect, test } from '@jest/globals';
import { queryAll } from '#table/live/readItems.ts';
import { watchersKey } from '#table/live/watchersKey.ts';
import { batchesOf, connectClient, initialisedClient, WATCH, watch } from '#tests/live/client.ts';
import { leaveMarks } from '#tests/live/marks.ts';
import { givenPerson, headOf, logChange, type TestPerson } from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';

const scene = useLiveScene();
let person: TestPerson;
beforeAll(async () => {
  person = await givenPerson(scene);
});

const connectWith = (headers?: Record<string, string>) =>
  scene.socket({
    requestContext: { routeKey: '$connect', connectionId: 'X=' },
    ...(headers && { headers }),
  });

describe('$connect', () => {
  test.each([['graphql-transport-ws'], ['graphql-ws, graphql-transport-ws']])(
    'answers the subprotocol to whoever offers it: %s',
    async (offered) => {
      expect(
        await connectWith({
          Origin: 'https://elsewhere.example',
          'sec-webSocket-Protocol': offered,
        }),
      ).toEqual({
        statusCode: 200,
        headers: { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' },
      });
    },
  );

  test('answers none to whoever offers none', async () => {
    expect(await connectWith({ Host: 'x' })).toEqual({ statusCode: 200 });
    expect(await connectWith()).toEqual({ statusCode: 200 });
  });

  test('refuses whoever offers others alone', async () => {
    expect(await connectWith({ 'Sec-WebSocket-Protocol': 'graphql-ws' })).toEqual({
      statusCode: 400,
    });
  });
});

describe('connection_init', () => {
  test('with a good token is acknowledged, and says for how long', async () => {
    const client = await initialisedClient(scene, person);
    const [ack, ...more] = client.heard();
    expect(more).toEqual([]);
    expect(ack).toEqual({
      type: 'connection_ack',
      payload: { expiresInSeconds: expect.any(Number) },
    });
    const told = ack?.payload as { expiresInSeconds: number } | undefined;
    expect(told?.expiresInSeconds).toBeGreaterThan(890);
    expect(told?.expiresInSeconds).toBeLessThanOrEqual(900);
  });

  test('leaves a row that goes soon after its token, in case the connection has ended already', async () => {
    const { connectionId } = await initialisedClient(scene, person);
    const row = await scene.subscriptions.connection(connectionId);
    expect(Number(row?.forgetAt) - Number(row?.tokenEndsAt)).toBe(600);
  });

  test.each([
    ['no payload', undefined],
    ['no token', {}],
    ['another key', { accessToken: 'x' }],
    ['no text', { authorization: 7 }],
    ['no scheme', { authorization: 'x.y.z' }],
    ['a forged token', { authorization: 'Bearer x.y.z' }],
  ])('with %s is told so by an error and then closed', async (_, payload) => {
    const client = connectClient(scene);
    await client.send({ type: 'connection_init', payload });
    // One frame: the answer of the route comes when the connection is gone.
    expect(client.heard()).toEqual([
      {
        type: 'error',
        id: 'connection',
        payload: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }],
      },
    ]);
    expect(scene.connections.closed).toContain(client.connectionId);
    expect(await scene.subscriptions.connection(client.connectionId)).toBeNull();
  });

  test('a second time ends the connection and all of it', async () => {
    const client = await initialisedClient(scene, person);
    await watch(client, { padId: person.userId });
    await client.send({
      type: 'connection_init',
      payload: { authorization: person.authorization },
    });
    expect(client.heard().at(-1)).toMatchObject({ type: 'error', id: 'connection' });
    expect(scene.connections.closed).toContain(client.connectionId);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });

  test('keeps no token', async () => {
    const client = await initialisedClient(scene, person);
    await watch(client, { padId: person.userId });
    const rows = await queryAll(scene.table, `C#${client.connectionId}`);
    const watchers = await queryAll(scene.table, watchersKey(person.userId));
    expect([rows.length, watchers.length > 0]).toEqual([2, true]);
    expect(JSON.stringify([rows, watchers])).not.toContain(person.authorization.slice(7, 40));
  });
});

describe('what is no message of the protocol', () => {
  test.each([
    ['no JSON', '{', /Expected JSON/],
    ['nothing', '', /Expected JSON/],
    ['a list', '[]', /object, got a list/],
    ['no type', '{}', /the type/],
    ['an unknown type', '{"type":"next","id":"1","payload":{}}', /the type/],
    ['a subscribe without id', '{"type":"subscribe","payload":{"query":""}}', /an id/],
    [
      'a subscribe with a long id',
      `{"type":"subscribe","id":"${'x'.repeat(129)}","payload":{"query":""}}`,
      /1 to 128/,
    ],
    ['a subscribe without payload', '{"type":"subscribe","id":"1"}', /payload/],
    ['a subscribe without query', '{"type":"subscribe","id":"1","payload":{}}', /query/],
    [
      'variables that are none',
      '{"type":"subscribe","id":"1","payload":{"query":"","variables":[]}}',
      /variables/,
    ],
    ['a complete without id', '{"type":"complete"}', /an id/],
    ['a ping with a text', '{"type":"ping","payload":"x"}', /payload of ping/],
  ])('ends the connection: %s', async (_, text, message) => {
    const client = await initialisedClient(scene, person);
    await client.send(text);
    const last = client.heard().at(-1) as { type: string; payload: { message: string }[] };
    expect(last.type).toBe('error');
    expect(last.payload[0]?.message).toMatch(message);
    expect(scene.connections.closed).toContain(client.connectionId);
  });

  test('as a binary frame', async () => {
    const body = Buffer.from('{"type":"ping"}').toString('base64');
    const requestContext = { routeKey: '$default', connectionId: 'B=' };
    await scene.socket({ requestContext, body, isBase64Encoded: true });
    expect(scene.connections.closed).toContain('B=');
  });
});

describe('complete', () => {
  test('ends a subscription, and nothing is sent any more', async () => {
    const client = await initialisedClient(scene, person);
    await watch(client, { padId: person.userId });
    const before = client.heard().length;
    await client.send({ type: 'complete', id: 'watch' });
    await logChange(scene, person.userId);
    await scene.drain(person.userId);
    expect(client.heard().length).toBe(before);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
  });

  test('that overtakes its subscribe keeps it from beginning', async () => {
    const client = await initialisedClient(scene, person);
    await client.send({ type: 'complete', id: 'watch' });
    await watch(client, { padId: person.userId });
    expect(batchesOf(client)).toEqual([]);
    expect(await scene.subscriptions.listOfConnection(client.connectionId)).toEqual([]);
    await watch(client, { padId: person.userId });
    expect(batchesOf(client)).toHaveLength(1);
  });
});

test('completes of what never began end the connection when they are too many', async () => {
  const other = await givenPerson(scene);
  const client = await initialisedClient(scene, other);
  await watch(client, { padId: other.userId });
  const { connectionId } = client;
  await leaveMarks(scene.table, connectionId, 297);
  await client.send({ type: 'complete', id: 'the last' });
  expect(scene.connections.closed).not.toContain(connectionId);
  await client.send({ type: 'complete', id: 'one more' });
  expect(client.heard().at(-1)).toMatchObject({
    type: 'error',
    id: 'connection',
    payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  });
  expect(scene.connections.closed).toContain(connectionId);
  expect(await queryAll(scene.table, `C#${connectionId}`)).toEqual([]);
  expect(await scene.subscriptions.listLive(other.userId)).toEqual([]);
});

test('a complete that comes after the end leaves no mark', async () => {
  const client = await initialisedClient(scene, person);
  const { connectionId } = client;
  await scene.socket({ requestContext: { routeKey: '$disconnect', connectionId } });
  await client.send({ type: 'complete', id: 'watch' });
  expect(await queryAll(scene.table, `C#${connectionId}`)).toEqual([]);
});

describe('ping', () => {
  test('is answered before anything else too', async () => {
    const client = connectClient(scene);
    await client.send({ type: 'ping' });
    await client.send({ type: 'pong', payload: {} });
    expect(client.heard()).toEqual([{ type: 'pong' }]);
  });

  test('of a connection that nobody knows is answered for a minute, then refused', async () => {
    const pingAt = (connectionId: string, ageMs: number) =>
      scene.socket({
        requestContext: { routeKey: 'ping', connectionId, connectedAt: scene.now() - ageMs },
        body: '{"type":"ping"}',
      });
    expect((await pingAt('YOUNG=', 50_000)).body).toBe('{"type":"pong"}');
    await pingAt('OLD=', 60_000);
    expect(scene.connections.frames('OLD=')).toMatchObject([{ type: 'error', id: 'connection' }]);
    expect(scene.connections.closed).toContain('OLD=');
    const { connectionId } = await initialisedClient(scene, person);
    expect((await pingAt(connectionId, 3_600_000)).body).toBe('{"type":"pong"}');
  });

  test('is answered with how far the watched logs are', async () => {
    const client = await initialisedClient(scene, person);
    await watch(client, { padId: person.userId }, WATCH, 'one');
    await watch(client, { padId: person.userId }, WATCH, 'two');
    await logChange(scene, person.userId);
    await client.send({ type: 'ping', payload: { anything: 1 } });
    const heads = { [person.userId]: await headOf(scene, person.userId) };
    expect(client.heard().at(-1)).toEqual({ type: 'pong', payload: { heads } });
  });
});

test('$disconnect removes all of a connection', async () => {
  const client = await initialisedClient(scene, person);
  const { connectionId } = client;
  await watch(client, { padId: person.userId });
  await scene.socket({ requestContext: { routeKey: '$disconnect', connectionId } });
  expect(await scene.subscriptions.connection(connectionId)).toBeNull();
  expect(await scene.subscriptions.listOfConnection(connectionId)).toEqual([]);
  const live = await scene.subscriptions.listLive(person.userId);
  expect(live.filter((one) => one.connectionId === connectionId)).toEqual([]);
});

test('trouble of ours never becomes a frame that is none of the protocol’s', async () => {
  const broken = { ...scene.subscriptions, connection: () => Promise.reject(new Error('secret')) };
  const client = connectClient(scene, scene.socketWith({ subscriptions: broken }));
  await watch(client, { padId: person.userId });
  expect(client.heard()).toEqual([
    {
      type: 'error',
      id: 'connection',
      payload: [
        { message: expect.not.stringContaining('secret'), extensions: { code: 'INTERNAL' } },
      ],
    },
  ]);
  expect(scene.connections.closed).toContain(client.connectionId);
});

describe('when the access token has expired', () => {
  test('a ping tells so where nothing is left of the subscriptions, which go by then', async () => {
    const other = await givenPerson(scene);
    const client = await initialisedClient(scene, other);
    await watch(client, { padId: other.userId });
    const { connectionId } = client;
    for (const one of await scene.subscriptions.listOfConnection(connectionId)) {
      await scene.subscriptions.remove(one);
    }
    scene.passTime(16 * 60 * 1000);
    await client.send({ type: 'ping' });
    expect(client.heard().slice(2)).toMatchObject([
      { type: 'error', id: 'connection', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
    expect(scene.connections.closed).toContain(connectionId);
  });

  test('nothing is sent any more: the subscription ends with the reason, at the next change or ping', async () => {
    const other = await givenPerson(scene);
    const [one, two, three] = [
      await initialisedClient(scene, other),
      await initialisedClient(scene, other),
      await initialisedClient(scene, other),
    ];
    await watch(one, { padId: other.userId });
    await watch(two, { padId: other.userId });
    scene.passTime(16 * 60 * 1000);
    await logChange(scene, other.userId);
    await two.send({ type: 'ping' });
    await scene.drain(other.userId);
    await watch(three, { padId: other.userId });
    const end = {
      message: expect.stringMatching(/expired/),
      extensions: { code: 'UNAUTHENTICATED' },
    };
    const ended = [
      { type: 'next', id: 'watch', payload: { data: null, errors: [end] } },
      { type: 'complete', id: 'watch' },
    ];
    expect(one.heard().slice(2)).toEqual(ended);
    const refusal = { type: 'error', id: 'connection', payload: [end] };
    expect(two.heard().slice(2)).toEqual([...ended, refusal]);
    expect(scene.connections.closed).toContain(two.connectionId);
    expect(three.heard().slice(1)).toEqual([{ type: 'error', id: 'watch', payload: [end] }]);
    expect(await scene.subscriptions.listLive(other.userId)).toEqual([]);
  });
});

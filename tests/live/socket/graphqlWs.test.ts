import { afterEach, expect, test } from '@jest/globals';
import { type Client, type ClientOptions, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createConnections } from '#live/push/connections.ts';
import type { Push } from '#live/push/push.ts';
import { createDrain } from '#live/stream/drain.ts';
import { type Batch, WATCH } from '#tests/live/client.ts';
import { givenPerson, logChange, type TestPerson } from '#tests/live/people.ts';
import { useLiveScene } from '#tests/live/scene.ts';
import {
  SOCKET_FUNCTION,
  type SocketLab,
  useSocketApis,
} from '#tests/local/cloud/webSocketApi/useSocketApis.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const scene = useLiveScene();
const clients: Client[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
});
// After the clients, which would come back.
const startApi = useSocketApis();

/** As infra/ has it. */
const ROUTES = Object.entries({
  ...{ $connect: true, $disconnect: false, $default: true, connection_init: true },
  ...{ ping: true, pong: false, subscribe: false, complete: false },
}).map(([routeKey, answers]) => ({ routeKey, answers, functionArn: SOCKET_FUNCTION }));

async function givenApi(): Promise<{ api: SocketLab; push: Push }> {
  const connections = createConnections({
    stagePath: '/live',
    client: (path, body, _, method = 'POST') =>
      api.manage(method, decodeURIComponent(path.split('/').at(-1) ?? ''), body) as never,
  });
  const push = scene.pushWith(connections);
  const socket = scene.socketWith({ push });
  const api = await startApi({ routes: ROUTES, answer: (event) => socket(event) });
  return { api, push };
}

/** Unmodified: nothing of ours but where it connects and what it says. */
function plainClient(
  { url }: SocketLab,
  authorization: string,
  options: Partial<ClientOptions> = {},
) {
  const client = createClient({
    ...{ url, webSocketImpl: WebSocket, connectionParams: { authorization } },
    ...options,
  });
  clients.push(client);
  return client;
}

interface Heard {
  readonly batches: Batch[];
  end?: unknown;
}

function listen(client: Client, payload: SubscribePayload): Heard {
  const heard: Heard = { batches: [] };
  client.subscribe<{ memoChanges: Batch }>(payload, {
    next: ({ data }) => data && heard.batches.push(data.memoChanges),
    error: (error) => {
      heard.end = error;
    },
    complete: () => {
      heard.end = 'COMPLETE';
    },
  });
  return heard;
}

const connectionsMade = ({ events }: SocketLab): number =>
  events.filter(({ requestContext }) => requestContext.routeKey === '$connect').length;

const subscriptionOf = ({ userId }: TestPerson) => ({ query: WATCH, variables: { padId: userId } });

test('a plain graphql-ws client subscribes, gets changes and completes', async () => {
  const person = await givenPerson(scene);
  const { api, push } = await givenApi();
  const heard = listen(plainClient(api, person.authorization), subscriptionOf(person));
  await waitFor('the client to be live', () => heard.batches.length === 1);
  await logChange(scene, person.userId);
  await createDrain({ ...scene, push })(person.userId);
  await waitFor('the change', () => heard.batches.length === 2);
  expect(heard.batches.map(({ changes }) => changes.length)).toEqual([0, 1]);
  await clients[0]?.dispose();
  await waitFor(
    'its rows to be gone',
    async () => (await scene.subscriptions.listLive(person.userId)).length === 0,
  );
});

test.each([
  ['with a bad token', 'Bearer x.y.z', {}],
  [
    'that connects before it is asked to',
    'Bearer x.y.z',
    { lazy: false, onNonLazyError: () => {} },
  ],
  ['without a token', '', { connectionParams: {} }],
])(
  'a refused client %s makes one connection and then gives up',
  async (_, authorization, options) => {
    const person = await givenPerson(scene);
    const { api } = await givenApi();
    const heard = listen(plainClient(api, authorization, options), subscriptionOf(person));
    await waitFor('the refusal', () => heard.end !== undefined);
    expect(String(heard.end)).toMatch(/First message cannot be of type error/);
    // Had it tried again, it would have been before these were through.
    const other = listen(plainClient(api, person.authorization), subscriptionOf(person));
    await waitFor('another client to be live', () => other.batches.length === 1);
    expect(connectionsMade(api)).toBe(2);
    await waitFor('the refused one to be closed', () => api.connections() === 1);
  },
);

test('a client whose operation is refused keeps its connection', async () => {
  const person = await givenPerson(scene);
  const { api } = await givenApi();
  const client = plainClient(api, person.authorization);
  const good = listen(client, subscriptionOf(person));
  const bad = listen(client, { query: '{ me { id } }' });
  await waitFor('the refusal', () => bad.end !== undefined);
  await waitFor('the other one to be live', () => good.batches.length === 1);
  expect(bad.end).toMatchObject([{ message: expect.stringContaining('over HTTP') }]);
  expect(connectionsMade(api)).toBe(1);
});

test('whoever speaks by hand, without a subprotocol, is understood', async () => {
  const person = await givenPerson(scene);
  const { api } = await givenApi();
  const client = await api.connect();
  const say = (message: object) => client.socket.send(JSON.stringify(message));
  say({ type: 'connection_init', payload: { authorization: person.authorization } });
  await client.received(1);
  say({ id: '1', type: 'subscribe', payload: subscriptionOf(person) });
  await client.received(2);
  say({ type: 'ping' });
  const [ack, next, pong] = (await client.received(3)).map((text) => JSON.parse(text));
  expect([ack.type, next.type, pong]).toEqual([
    ...['connection_ack', 'next'],
    { type: 'pong', payload: { heads: { [person.userId]: '0.0' } } },
  ]);
  client.socket.send('{"type":');
  expect((await client.closed).code).toBe(1000);
  expect(JSON.parse(client.messages.at(-1) ?? '')).toMatchObject({
    type: 'error',
    id: 'connection',
  });
});

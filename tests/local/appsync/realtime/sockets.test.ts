import { connect as connectTo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { RunningApi } from '#local/appsync/api.ts';
import { type AppSyncServer, startAppSyncServer } from '#local/appsync/http/server.ts';
import type { RealtimeLimits } from '#local/appsync/realtime/limits.ts';
import { API_KEY, ask, createTestApi, type TestApi } from '#tests/local/appsync/testApi.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { openSocket, start } from './socket.ts';

const NOW = Date.parse('2026-01-31T09:30:00.000Z');
const schema = `
type Note @aws_api_key @aws_oidc { pad: ID title: String rank: Int nested: Nested required: String! }
type Nested @aws_api_key @aws_oidc { name: String }
type Query { note: Note }
type Mutation { write(pad: ID, title: String, rank: Int): Note @aws_api_key  end(pad: ID): String @aws_api_key }
type Subscription {
  written(pad: ID, title: String): Note @aws_subscribe(mutations: ["write"]) @aws_api_key @aws_oidc
  filtered(pad: ID): Note @aws_subscribe(mutations: ["write"]) @aws_api_key
  secret: Note @aws_subscribe(mutations: ["write"]) @aws_oidc
}`;
const IMPORTS = `import { util, extensions } from '@aws-appsync/utils';\n`;
const code = {
  'Mutation.write': `export function request(ctx) { return { payload: { ...ctx.args, required: 'r', nested: { name: 'n' } } }; }
export function response(ctx) { return ctx.result; }`,
  'Mutation.end': `${IMPORTS}export function request(ctx) {
  extensions.invalidateSubscriptions({ subscriptionField: 'filtered', payload: { pad: ctx.args.pad } });
  return { payload: 'ended' };
}
export function response(ctx) { return ctx.result; }`,
  'Subscription.filtered': `${IMPORTS}export function request(ctx) { return { payload: null }; }
export function response(ctx) {
  if (ctx.args.pad === 'foreign') util.error('Expected a pad of yours.', 'NOT_FOUND');
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: [
    { fieldName: 'pad', operator: 'eq', value: ctx.args.pad },
    { fieldName: 'rank', operator: 'ge', value: 5 },
    { fieldName: 'nested.name', operator: 'beginsWith', value: 'n' },
  ] }] });
  extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters: [
    { fieldName: 'pad', operator: 'eq', value: ctx.args.pad },
  ] }] });
  return null;
}`,
};

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer(() => NOW);
});

const servers: AppSyncServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const BY_KEY = { host: 'localhost', 'x-api-key': API_KEY };

async function serve(limits: Partial<RealtimeLimits> = {}) {
  const clock = { now: NOW };
  const api = createTestApi({
    schema,
    code,
    authModes: [{ type: 'OPENID_CONNECT', issuer: issuer.url }, { type: 'API_KEY' }],
    options: {
      clock: () => clock.now,
      loadKeys: async () => ({ keys: [...issuer.signingKey.published] }),
    },
  });
  const server = await startAppSyncServer(api, { port: 0, limits });
  servers.push(server);
  return { api, server, clock };
}

const write = (
  api: RunningApi,
  args: string,
  selection = 'pad title rank nested { name } required',
) => ask(api, `mutation { write(${args}) { ${selection} } }`);

async function connect(server: AppSyncServer, headers: object = BY_KEY) {
  const socket = await openSocket(server.realtimeUrl, { headers });
  socket.send({ type: 'connection_init' });
  expect(await socket.next()).toEqual({
    type: 'connection_ack',
    payload: { connectionTimeoutMs: 300_000 },
  });
  return socket;
}

async function watch(server: AppSyncServer, query: string, variables = {}) {
  const socket = await connect(server);
  socket.send(start('1', query, BY_KEY, variables));
  expect(await socket.next()).toEqual({ type: 'start_ack', id: '1' });
  return socket;
}

describe('a connection', () => {
  test.each(['subprotocol', 'query'] as const)('carries headers in its %s', async (carrier) => {
    const { server } = await serve();
    for (const url of [server.realtimeUrl, server.realtimeUrl.replace('/realtime', '')]) {
      const socket = await openSocket(url, { headers: BY_KEY, carrier });
      socket.send({ type: 'connection_init' });
      expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
      await waitFor('a beat', () => socket.beats() === 1);
    }
  });

  test('hears a beat again and again', async () => {
    const { server } = await serve({ keepAliveMs: 5 });
    const socket = await connect(server);
    await waitFor('beats', () => socket.beats() > 3);
  });

  test('of a stranger is told so and closed, whatever it says first', async () => {
    const { server } = await serve();
    for (const headers of [{}, { 'x-api-key': 'another' }]) {
      const socket = await openSocket(server.realtimeUrl, { headers });
      socket.send('junk');
      expect(await socket.next()).toMatchObject({
        type: 'connection_error',
        payload: { errors: [{ errorType: 'UnauthorizedException', errorCode: 401 }] },
      });
      expect(await socket.closed).toBe(1008);
    }
  });

  test('is told what it said wrong, and goes on', async () => {
    const { server } = await serve();
    const socket = await connect(server);
    for (const wrong of ['junk', { type: 'hello', id: '1' }, { type: 'start' }, '7']) {
      socket.send(wrong);
      expect(await socket.next()).toMatchObject({
        type: 'error',
        payload: { errors: [{ errorType: 'UnsupportedOperation' }] },
      });
    }
    socket.send({ type: 'stop', id: '1' });
    expect(await socket.next()).toEqual({ type: 'complete', id: '1' });
  });

  test('ends with its token', async () => {
    const { server, clock } = await serve();
    const { token } = await issuer.issue({ userId: 'a', sessionId: 'b' });
    clock.now += 15 * 60 * 1000 - 20;
    const socket = await connect(server, { Authorization: token });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: { errors: [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }] },
    });
    expect(await socket.closed).toBe(1008);
  });

  test('is cut off when its client reads nothing of what it is told', async () => {
    const { server, api } = await serve({ unreadBytes: 1_000_000 });
    const socket = await watch(server, 'subscription { written { title } }');
    socket.pause();
    const title = 'x'.repeat(200_000);
    // What the sockets' own buffers take comes on top.
    for (let count = 0; count < 100; count += 1) {
      await write(api, `title: "${title}"`);
      await new Promise(setImmediate);
    }
    await waitFor('its end', () => server.connections() === 0);
  });

  test('ends when the server does', async () => {
    const { server } = await serve();
    const socket = await connect(server);
    expect(server.connections()).toBe(1);
    await server.close();
    expect(await socket.closed).toBe(1001);
  });

  test.each(['//', '//[', 'http://', '*', '/%', '/graphql/../graphql'])(
    'to %s is refused, and the server goes on',
    async (target) => {
      const { server } = await serve();
      expect(await upgrade(server, target)).toBe('HTTP/1.1 403 Forbidden');
    },
  );

  test('of pages elsewhere is refused', async () => {
    const { server } = await serve();
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(server.realtimeUrl, 'graphql-ws', {
      origin: 'https://example.com',
    });
    await expect(
      new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject)),
    ).rejects.toThrow('403');
  });
});

/** A request as no client of ours sends it. @returns the first line of the answer */
function upgrade({ port }: AppSyncServer, target: string): Promise<string> {
  const socket = connectTo(port, '127.0.0.1');
  socket.write(
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (data) => {
      socket.destroy();
      resolve(String(data).split('\r\n')[0] ?? '');
    });
  });
}

describe('a subscription', () => {
  test('hears what a mutation has selected, as the subscriber selects it', async () => {
    const { server, api } = await serve();
    const socket = await watch(server, 'subscription { it: written { title nested { name } } }');
    await write(api, 'pad: "p", title: "t"');
    expect(await socket.next()).toEqual({
      type: 'data',
      id: '1',
      payload: { data: { it: { title: 't', nested: { name: 'n' } } } },
    });
    await write(api, 'pad: "p", title: "t"', 'title');
    expect(await socket.next()).toMatchObject({
      payload: { data: { it: { title: 't', nested: null } } },
    });
  });

  test('hears null and why, when it wants what the mutation had to select', async () => {
    const { server, api } = await serve();
    const socket = await watch(server, 'subscription { written { title required } }');
    await write(api, 'title: "t"', 'title');
    expect(await socket.next()).toMatchObject({
      type: 'data',
      payload: {
        data: { written: null },
        errors: [{ message: expect.stringContaining('Cannot return null') }],
      },
    });
  });

  test('hears only of what equals all arguments it has given, null too', async () => {
    const { server, api } = await serve();
    const query =
      'subscription ($pad: ID, $title: String) { written(pad: $pad, title: $title) { title rank } }';
    const all = await watch(server, query, {});
    const one = await watch(server, query, { pad: 'p' });
    const none = await watch(server, query, { pad: 'p', title: null });
    await write(api, 'pad: "o", title: "a"');
    await write(api, 'pad: "p", title: "b"');
    await write(api, 'pad: "p", rank: 7');
    await waitFor('all', () => all.received.length === 5);
    expect(titles(all)).toEqual(['a', 'b', null]);
    expect(titles(one)).toEqual(['b', null]);
    expect(titles(none)).toEqual([null]);
  });

  test('hears only of what its own filters let through', async () => {
    const { server, api } = await serve();
    const socket = await watch(server, 'subscription { filtered(pad: "p") { title } }');
    await write(api, 'pad: "p", title: "low", rank: 4');
    await write(api, 'pad: "o", title: "other", rank: 5');
    await write(api, 'pad: "p", title: "without"');
    await write(api, 'pad: "p", title: "unselected", rank: 5', 'pad title rank');
    await write(api, 'pad: "p", title: "good", rank: 5');
    expect(await socket.next()).toMatchObject({
      payload: { data: { filtered: { title: 'good' } } },
    });
  });

  test('is refused in the words of its resolver', async () => {
    const { server } = await serve();
    const socket = await connect(server);
    socket.send(start('1', 'subscription { filtered(pad: "foreign") { title } }', BY_KEY));
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: '1',
      payload: { errors: [{ errorType: 'NOT_FOUND', message: 'Expected a pad of yours.' }] },
    });
  });

  test.each([
    [
      'for its field',
      'subscription { secret { title } }',
      'Not Authorized to access secret on type Subscription',
    ],
    ['for its document', 'subscription { nothing }', 'Validation error'],
    ['for being none', '{ note { title } }', 'Only subscriptions'],
  ])('is refused %s', async (_why, query, message) => {
    const { server } = await serve();
    const socket = await connect(server);
    socket.send(start('1', query, BY_KEY));
    const { type, payload } = (await socket.next()) as never as Refusal;
    expect(type).toBe('error');
    expect(payload.errors[0]?.message).toContain(message);
  });

  interface Refusal {
    readonly type: string;
    readonly payload: { readonly errors: readonly { readonly message: string }[] };
  }

  test('is authorized by itself: the connection does not speak for it', async () => {
    const { server } = await serve();
    const socket = await connect(server);
    socket.send(start('1', 'subscription { written { title } }', { 'x-api-key': 'another' }));
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: '1',
      payload: { errors: [{ errorType: 'UnauthorizedException', errorCode: 401 }] },
    });
    socket.send({ type: 'stop', id: '0' });
    expect(await socket.next()).toEqual({ type: 'complete', id: '0' });
  });

  test('ends when it is stopped', async () => {
    const { server, api } = await serve();
    const socket = await watch(server, 'subscription { written { title } }');
    socket.send({ type: 'stop', id: '1' });
    expect(await socket.next()).toEqual({ type: 'complete', id: '1' });
    await write(api, 'title: "t"');
    socket.send({ type: 'stop', id: 'last' });
    expect(await socket.next()).toEqual({ type: 'complete', id: 'last' });
  });

  test('ends when it is invalidated, and no other does', async () => {
    const { server, api } = await serve();
    const gone = await watch(server, 'subscription { filtered(pad: "p") { title } }');
    const stays = await watch(server, 'subscription { filtered(pad: "o") { title } }');
    await ask(api, 'mutation { end(pad: "p") }');
    expect(await gone.next()).toEqual({ type: 'complete', id: '1' });
    await write(api, 'pad: "p", title: "t", rank: 5');
    await write(api, 'pad: "o", title: "t", rank: 5');
    expect(await stays.next()).toMatchObject({ type: 'data' });
    expect(gone.received).toHaveLength(3);
  });

  test('ends with its own token', async () => {
    const { server, clock } = await serve();
    const { token } = await issuer.issue({ userId: 'a', sessionId: 'b' });
    clock.now += 15 * 60 * 1000 - 50;
    const socket = await connect(server);
    socket.send(start('1', 'subscription { written { title } }', { Authorization: token }));
    expect(await socket.next()).toEqual({ type: 'start_ack', id: '1' });
    expect(await socket.next()).toMatchObject({ type: 'error', id: '1' });
  });

  test('is one of so many, with an id of its own', async () => {
    const { server } = await serve({ subscriptionsPerConnection: 2 });
    const socket = await connect(server);
    const query = 'subscription { written { title } }';
    for (const id of ['1', '1', '2', '3']) socket.send(start(id, query, BY_KEY));
    expect(await socket.next()).toEqual({ type: 'start_ack', id: '1' });
    expect(await socket.next()).toMatchObject({ type: 'error', id: '1' });
    expect(await socket.next()).toEqual({ type: 'start_ack', id: '2' });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      id: '3',
      payload: { errors: [{ errorType: 'MaxSubscriptionsReachedError' }] },
    });
  });

  test('hears nothing of a payload that is too large', async () => {
    const { server, api } = await serve();
    const socket = await watch(server, 'subscription { written { title } }');
    await write(api, `title: "${'x'.repeat(240 * 1024)}"`);
    await write(api, 'title: "small"');
    expect(await socket.next()).toMatchObject({
      payload: { data: { written: { title: 'small' } } },
    });
    expect((api as TestApi).logged).toMatchObject([
      { message: 'payload too large for subscribers' },
    ]);
  });
});

function titles({ received }: { received: readonly unknown[] }) {
  const data = received as { payload?: { data?: { written: { title: string } } } }[];
  return data.flatMap(({ payload }) => (payload?.data ? [payload.data.written.title] : []));
}

import { describe, expect, test } from '@jest/globals';
import { waitFor } from '#tests/support/waitFor.ts';
import { CONNECTIONS, useSocketApis } from './useSocketApis.ts';

const start = useSocketApis();

test('a post reaches its connection and no other', async () => {
  const api = await start();
  const [one, other] = [await api.connect(), await api.connect()];
  expect(await api.manage('POST', one.id, '{"안녕":1}')).toMatchObject({ status: 200, body: '' });
  expect(await one.received(1)).toEqual(['{"안녕":1}']);
  expect(other.messages).toEqual([]);
});

test('posts of 128 KB pass, larger ones are refused with 413', async () => {
  const api = await start();
  const client = await api.connect();
  const text = 'x'.repeat(128 * 1024);
  expect((await api.manage('POST', client.id, text)).status).toBe(200);
  const { status, headers } = await api.manage('POST', client.id, `${text}x`);
  expect([status, headers['x-amzn-errortype']]).toEqual([413, 'PayloadTooLargeException']);
  expect(await client.received(1)).toHaveLength(1);
});

test('a connection that has ended is gone: 410, without a body', async () => {
  const api = await start();
  const client = await api.connect();
  client.socket.close();
  await client.closed;
  await waitFor('the end', () => api.connections() === 0);
  for (const method of ['POST', 'GET', 'DELETE'] as const) {
    const { status, headers, body } = await api.manage(method, client.id, '');
    expect([status, headers['x-amzn-errortype'], body]).toEqual([410, 'GoneException', '']);
  }
});

test('while $connect runs there is nobody to post to yet', async () => {
  const statuses: number[] = [];
  const api = await start({
    answer: async ({ requestContext: { routeKey, connectionId } }) => {
      if (routeKey !== '$connect') return undefined;
      statuses.push((await api.manage('POST', connectionId, 'early')).status);
      return { statusCode: 200 };
    },
  });
  await api.connect();
  expect(statuses).toEqual([410]);
});

test('closing always closes with 1000, whatever one would like to say', async () => {
  const api = await start();
  const client = await api.connect();
  expect((await api.manage('DELETE', client.id)).status).toBe(204);
  expect((await client.closed).code).toBe(1000);
  await waitFor('the end to be told', () => api.events.length === 2);
  expect(api.events[1]?.requestContext).toMatchObject({ disconnectStatusCode: 1000 });
});

test('tells who is connected, and when something happened last', async () => {
  let nowMs = Date.parse('2026-01-31T09:30:00Z');
  const api = await start({}, { clock: () => nowMs });
  const client = await api.connect({ headers: { 'User-Agent': 'test' } });
  nowMs += 1_000;
  client.socket.send('{"type":"tell"}');
  await waitFor('the message', () => api.events.length === 2);
  expect(JSON.parse((await api.manage('GET', client.id)).body)).toEqual({
    connectedAt: '2026-01-31T09:30:00.000Z',
    identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
    lastActiveAt: '2026-01-31T09:30:01.000Z',
  });
});

test('a reader that doesn’t read is ended, and its posts don’t pile up', async () => {
  const api = await start({}, { limits: { unreadBytes: 100_000 } });
  const client = await api.connect();
  client.socket.pause();
  const text = 'x'.repeat(128 * 1024);
  await waitFor('the end', async () => (await api.manage('POST', client.id, text)).status === 410);
  await waitFor('nobody to be connected', () => api.connections() === 0);
});

describe('who may', () => {
  const allow = (Resource: string) => [
    { Effect: 'Allow' as const, Action: 'execute-api:ManageConnections', Resource },
  ];

  test.each([
    ['POST', `${CONNECTIONS}/POST/@connections/*`, 200],
    ['POST', `${CONNECTIONS}/DELETE/@connections/*`, 403],
    ['DELETE', `${CONNECTIONS}/DELETE/@connections/*`, 204],
    ['GET', `${CONNECTIONS}/POST/@connections/*`, 403],
    ['POST', `${CONNECTIONS.replace('memos1', 'other')}/*`, 403],
    ['POST', `${CONNECTIONS.replace('/live', '/prod')}/*`, 403],
  ] as const)('%s with a grant of %s: %d', async (method, resource, status) => {
    const api = await start();
    const client = await api.connect();
    const answer = await api.manage(method, client.id, '', allow(resource));
    expect(answer.status).toBe(status);
    if (status !== 403) return;
    const place = `${CONNECTIONS}/${method}/@connections/${client.id}`;
    expect(JSON.parse(answer.body).Message).toContain(
      `is not authorized to perform: execute-api:ManageConnections on resource: ${place}`,
    );
    expect(client.messages).toEqual([]);
  });

  test('nobody without a signature, and not about whether a connection is there', async () => {
    const api = await start();
    const client = await api.connect();
    const url = `http://127.0.0.1:${api.port}/live/@connections/${client.id}`;
    const unsigned = await fetch(url, { method: 'POST', body: 'x' });
    expect(unsigned.status).toBe(403);
    expect(unsigned.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect((await api.manage('POST', 'none', 'x', [])).status).toBe(403);
    expect(client.messages).toEqual([]);
  });
});

test.each(['/', '/live', '/prod/@connections/x', '/live/@connections/', '/live/@connections/a/b'])(
  'there is nothing at %s',
  async (path) => {
    const api = await start();
    const { status } = await fetch(`http://127.0.0.1:${api.port}${path}`, { method: 'POST' });
    expect(status).toBe(403);
  },
);

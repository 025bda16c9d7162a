import { describe, expect, test } from '@jest/globals';
import { AwsV4Signer } from 'aws4fetch';
import { createSignedClient } from '#aws/signedClient.ts';
import { ConnectionGone, createConnections, PostFailed } from '#live/push/connections.ts';
import { createPost } from '#live/push/post.ts';
import { type Reply, useServer } from '#tests/aws/useServer.ts';

const startServer = useServer();
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const CONNECTION = 'L0SM9cOFvHcCIhw=';

async function connect(...replies: Reply[]) {
  const { origin, requests } = await startServer(...replies);
  const client = createSignedClient({
    ...{ service: 'execute-api', region: 'eu-west-1', credentials: CREDENTIALS, timeoutMs: 300 },
    endpoint: origin,
  });
  return { connections: createConnections({ client, stagePath: '/live' }), requests, origin };
}

describe('a connection', () => {
  test('is posted to at its place, signed', async () => {
    const { connections, requests, origin } = await connect({});
    await connections.post(CONNECTION, '{"type":"pong"}');
    const path = '/live/@connections/L0SM9cOFvHcCIhw%3D';
    expect(requests).toMatchObject([{ method: 'POST', path, body: '{"type":"pong"}' }]);
    expect(requests[0]?.headers.authorization).toBe(await signatureOf(requests[0], origin));
  });

  test('is closed, which is signed as another method', async () => {
    const { connections, requests, origin } = await connect({ status: 204 });
    await connections.close(CONNECTION);
    expect(requests).toMatchObject([{ method: 'DELETE', body: '' }]);
    expect(requests[0]?.headers.authorization).toBe(await signatureOf(requests[0], origin));
  });

  test('that is gone says so, and needs no closing', async () => {
    const { connections } = await connect({ status: 410 });
    await expect(connections.post(CONNECTION, '')).rejects.toThrow(ConnectionGone);
    await connections.close(CONNECTION);
  });

  test.each<[string, Reply]>([
    ['too many', { status: 429 }],
    ['no grant', { status: 403 }],
    ['trouble', { status: 500 }],
    ['nothing', 'SAY_NOTHING'],
    ['half an answer', 'HANG_UP'],
  ])('may fail: %s', async (_, reply) => {
    const { connections } = await connect(reply);
    await expect(connections.post(CONNECTION, '')).rejects.toThrow(PostFailed);
    await expect(connections.close(CONNECTION)).rejects.toThrow(PostFailed);
  });
});

test('whoever takes a frame too slowly loses the connection at once, and nobody waits for them again', async () => {
  const { connections, requests } = await connect('SAY_NOTHING', { status: 204 });
  const removed: string[] = [];
  const { post } = createPost({
    connections,
    subscriptions: {
      removeConnection: async (connectionId) => {
        removed.push(connectionId);
      },
    },
    log: () => {},
    wait: () => Promise.resolve(),
    random: Math.random,
  });
  expect(await post(CONNECTION, '{}')).toBe('DROPPED');
  expect(requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  expect(removed).toEqual([CONNECTION]);
});

test('a connection that can’t be forgotten or closed is no trouble to whoever posts', async () => {
  const { connections } = await connect({ status: 500 });
  const logged: string[] = [];
  const { post } = createPost({
    connections,
    subscriptions: { removeConnection: () => Promise.reject(new Error('no table')) },
    log: ({ message }) => logged.push(message),
    wait: () => Promise.resolve(),
    random: Math.random,
  });
  expect(await post(CONNECTION, '{}')).toBe('DROPPED');
  expect(logged).toEqual(['rows left behind', 'connection left open']);
});

/** As another implementation signs it. */
async function signatureOf(
  request:
    | { method: string | undefined; path: string | undefined; headers: object; body: string }
    | undefined,
  origin: string,
): Promise<string | null> {
  const headers = (request?.headers ?? {}) as Record<string, string>;
  const signer = new AwsV4Signer({
    ...{ ...CREDENTIALS, service: 'execute-api', region: 'eu-west-1' },
    method: request?.method ?? '',
    url: `${origin}${request?.path}`,
    headers: { 'content-type': headers['content-type'] ?? '' },
    body: request?.body ?? '',
    datetime: headers['x-amz-date'] ?? '',
    allHeaders: true,
  });
  return (await signer.sign()).headers.get('authorization');
}

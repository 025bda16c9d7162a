import { Socket } from 'node:net';
import { describe, expect, jest, test } from '@jest/globals';
import { createHttpClient, RequestFailed } from '#aws/httpClient.ts';
import { useServer } from './useServer.ts';

const startServer = useServer();
const TIMEOUT_MS = 5_000;
const GET = { method: 'GET', path: '/', headers: {} } as const;

describe('a client for one origin', () => {
  test('sends what it is given and gives back what came', async () => {
    const { origin, requests } = await startServer({
      status: 418,
      headers: { 'x-kind': 'teapot' },
      body: '차 ☕',
    });
    const send = createHttpClient({ origin, timeoutMs: TIMEOUT_MS });
    const body = '{"memo":"메모"}';
    const answer = await send({ method: 'POST', path: '/a%2Fb', headers: { 'x-a': '1' }, body });
    expect(answer).toMatchObject({ status: 418, body: '차 ☕', headers: { 'x-kind': 'teapot' } });
    expect(requests).toMatchObject([
      { method: 'POST', path: '/a%2Fb', headers: { 'x-a': '1' }, body },
    ]);
  });

  test('keeps its connection, request after request', async () => {
    const { origin, requests } = await startServer({});
    const send = createHttpClient({ origin, timeoutMs: TIMEOUT_MS });
    for (let count = 0; count < 5; count += 1) await send(GET);
    expect(new Set(requests.map(({ connection }) => connection)).size).toBe(1);
  });

  test('adds no listener to a kept connection with every request', async () => {
    const { origin } = await startServer({});
    const send = createHttpClient({ origin, timeoutMs: TIMEOUT_MS });
    await send(GET);
    const listen = jest.spyOn(Socket.prototype, 'once');
    for (let count = 0; count < 5; count += 1) await send(GET);
    expect(listen.mock.calls.map(([event]) => String(event))).not.toContain('connect');
  });

  test('doesn’t trust a connection that was idle for long: the function may have been frozen', async () => {
    const { origin, requests } = await startServer({});
    let now = 0;
    const send = createHttpClient({ origin, timeoutMs: TIMEOUT_MS, clock: () => now });
    await send(GET);
    now = 6_000;
    await send(GET);
    expect(new Set(requests.map(({ connection }) => connection)).size).toBe(2);
  });
});

describe('a request that failed', () => {
  test('that nobody took was never sent', async () => {
    const send = createHttpClient({ origin: 'http://127.0.0.1:1', timeoutMs: TIMEOUT_MS });
    expect(await failureOf(send(GET))).toMatchObject({ code: 'ECONNREFUSED', neverSent: true });
  });

  test('that was cut off may have been heard', async () => {
    const { origin } = await startServer('HANG_UP');
    const send = createHttpClient({ origin, timeoutMs: TIMEOUT_MS });
    expect(await failureOf(send(GET))).toMatchObject({ code: 'ECONNRESET', neverSent: false });
  });

  test('that was cut off over a kept connection may have been heard, too', async () => {
    const { origin } = await startServer({}, 'HANG_UP');
    const send = createHttpClient({ origin, timeoutMs: TIMEOUT_MS });
    await send(GET);
    expect(await failureOf(send(GET))).toMatchObject({ code: 'ECONNRESET', neverSent: false });
  });

  test('that took too long is told so', async () => {
    const { origin } = await startServer('SAY_NOTHING');
    const send = createHttpClient({ origin, timeoutMs: 50 });
    expect(await failureOf(send(GET))).toMatchObject({ code: 'ETIMEDOUT', neverSent: false });
  });

  test('that was answered by half', async () => {
    const { origin } = await startServer({ headers: { 'content-length': '100' }, body: 'half' });
    const send = createHttpClient({ origin, timeoutMs: 200 });
    expect(await failureOf(send(GET))).toMatchObject({ neverSent: false });
  });
});

async function failureOf(request: Promise<unknown>): Promise<RequestFailed> {
  const failure = await request.catch((error) => error);
  expect(failure).toBeInstanceOf(RequestFailed);
  return failure as RequestFailed;
}

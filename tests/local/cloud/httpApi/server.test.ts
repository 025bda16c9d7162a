import { connect } from 'node:net';
import { describe, expect, jest, test } from '@jest/globals';
import { startHttpApi } from '#local/cloud/httpApi/server.ts';
import { ServiceError } from '#local/cloud/lambda/serviceError.ts';
import { countSockets, send, sendRaw } from '#tests/support/nodeHttp.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { API_FUNCTION, NOW_MS, useApis } from './useApis.ts';

const start = useApis();

const MIB = 1024 * 1024;
const TEXT = { 'content-type': 'text/plain' };

describe('what API Gateway answers itself', () => {
  test('404 where there is no route', async () => {
    const { port } = await start({ routeKeys: ['GET /a'] });
    expect(await send(port, { path: '/b' })).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/json', 'apigw-requestid': 'request-1=' },
      body: '{"message":"Not Found"}',
    });
  });

  test('400 to a path with a broken escape', async () => {
    const { port } = await start();
    expect(await send(port, { path: '/%E0%A4%A' })).toMatchObject({
      status: 400,
      body: '{"message":"Bad Request"}',
    });
  });

  test('500 when the function’s permission doesn’t let the route in', async () => {
    const mayInvoke = jest.fn(() => false);
    const { port, events } = await start({ mayInvoke, routeKeys: ['GET /memos/{id}', '$default'] });
    expect(await send(port, { path: '/memos/7' })).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
    await send(port, { method: 'PUT', path: '/else' });
    expect(events).toEqual([]);
    const api = 'arn:aws:execute-api:ap-northeast-2:000000000000:memos1/$default';
    expect(mayInvoke.mock.calls).toEqual([
      [API_FUNCTION, `${api}/GET/memos/{id}`],
      [API_FUNCTION, `${api}/$default`],
    ]);
  });

  test.each([
    ['an answer that isn’t one', { answer: () => ({ statusCode: 'x' }) }, {}],
    [
      'a function that failed',
      {},
      {
        invoke: async () => ({
          payload: '{}',
          functionError: 'Unhandled' as const,
          requestId: '',
          logTail: '',
        }),
      },
    ],
    [
      'a function that is throttled',
      {},
      {
        invoke: async () => {
          throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.');
        },
      },
    ],
    [
      'a fault of our own',
      {},
      {
        invoke: async () => {
          throw new TypeError('oops');
        },
      },
    ],
  ])('500 to %s', async (_what, definition, options) => {
    const { port } = await start(definition, options);
    expect(await send(port, { path: '/' })).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });

  test('503 when the function takes too long', async () => {
    const { port } = await start(
      { answer: () => new Promise(() => {}) },
      { integrationTimeoutMs: 20 },
    );
    expect(await send(port, { path: '/' })).toMatchObject({
      status: 503,
      body: '{"message":"Service Unavailable"}',
    });
  });

  test('413 to more than 10 MB, and when it is too much for Lambda', async () => {
    const tooLarge = new ServiceError('RequestEntityTooLargeException', 'Request must be smaller');
    const { port, events } = await start({
      answer: ({ body = '' }) => {
        if (body.length > 6 * MIB) throw tooLarge;
        return 'fine';
      },
    });
    const post = { method: 'POST', headers: TEXT };
    const refusal = { status: 413, body: '{"message":"Request Entity Too Large"}' };
    expect(await send(port, post, Buffer.alloc(10 * MIB + 1, 'x'))).toMatchObject(refusal);
    expect(events).toEqual([]);
    expect(await send(port, post, Buffer.alloc(10 * MIB, 'x'))).toMatchObject(refusal);
    expect(await send(port, post, Buffer.alloc(MIB, 'x'))).toMatchObject({ status: 200 });
  });

  test('431 to more than 10,240 bytes of request line and header values', async () => {
    const { port } = await start();
    const large = await send(port, { path: '/', headers: { 'x-large': 'x'.repeat(10_240) } });
    expect(large).toMatchObject({
      status: 431,
      body: '{"message":"Request Header Fields Too Large"}',
    });
    const fits = await send(port, { path: '/', headers: { 'x-large': 'x'.repeat(10_000) } });
    expect(fits.status).toBe(200);
  });

  test('403 to a foreign name for this machine', async () => {
    const { port, events } = await start();
    for (const host of ['memos.example', `memos.example:${port}`, '127.0.0.1.memos.example']) {
      const { status } = await send(port, { path: '/', headers: { host } });
      expect(status).toBe(403);
    }
    for (const host of ['localhost', `127.0.0.1:${port}`, '[::1]:1']) {
      expect((await send(port, { path: '/', headers: { host } })).status).toBe(200);
    }
    const absolute = await sendRaw(
      port,
      'GET http://memos.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(absolute).toMatch(/^HTTP\/1.1 403 /);
    expect(events).toHaveLength(3);
  });
});

describe('throttling', () => {
  test('lets a burst pass, then as many as the rate gives back', async () => {
    let nowMs = NOW_MS;
    const { port } = await start(
      { throttle: { rate: 10, burst: 2 }, routeKeys: ['GET /a'] },
      { clock: () => nowMs },
    );
    const ask = async () => (await send(port, { path: '/a' })).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    expect((await send(port, { path: '/a' })).body).toBe('{"message":"Too Many Requests"}');
    expect((await send(port, { path: '/b' })).status).toBe(404);
    nowMs += 99;
    expect(await ask()).toBe(429);
    nowMs += 1;
    expect([await ask(), await ask()]).toEqual([200, 429]);
    nowMs += 60_000;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    nowMs -= 3_600_000;
    expect(await ask()).toBe(429);
    nowMs += 100;
    expect(await ask()).toBe(200);
  });
});

describe('the access log', () => {
  test('has a line for each request, as the stage’s format says', async () => {
    const { port, accessLog } = await start({
      routeKeys: ['GET /a'],
      accessLogFormat:
        '{"id":"$context.requestId","ip":"$context.identity.sourceIp","at":"$context.requestTime","ms":"$context.requestTimeEpoch","route":"$context.routeKey","status":"$context.status","size":"$context.responseLength","its":"$context.integration.status","error":"$context.integrationErrorMessage","agent":"$context.identity.userAgent","what":"$context.nothing","plain":"$context"}',
    });
    await send(port, { path: '/a', headers: { 'user-agent': 'a "quoted"\\one' } });
    await send(port, { path: '/b' });
    const both = { id: 'request-1=', ip: '127.0.0.1', at: '12/Mar/2020:19:03:58 +0000' };
    const rest = { ms: String(NOW_MS), error: '-', what: '-', plain: '$context' };
    expect(accessLog.map((line) => JSON.parse(line))).toEqual([
      {
        ...both,
        ...rest,
        route: 'GET /a',
        status: '200',
        size: '4',
        its: '200',
        agent: 'a "quoted"\\one',
      },
      { ...both, ...rest, route: '-', status: '404', size: '23', its: '-', agent: '-' },
    ]);
  });

  test('tells why an answer isn’t the function’s', async () => {
    const { port, accessLog } = await start({
      mayInvoke: () => false,
      accessLogFormat: '$context.status $context.integrationErrorMessage',
    });
    await send(port, { path: '/' });
    expect(accessLog).toEqual([
      expect.stringMatching(/^500 The IAM role .* doesn't have permissions/),
    ]);
  });
});

describe('what the API has no route for', () => {
  test('may be answered by something else on a laptop', async () => {
    const { port, events } = await start(
      { routeKeys: ['GET /a'] },
      {
        extra: async (request) => ({
          status: 200,
          headers: { 'x-extra': 'yes' },
          body: Buffer.from(JSON.stringify(request)),
        }),
      },
    );
    const { headers, body } = await send(port, { path: '/page?x=1', headers: { 'x-two': 'a' } });
    expect(headers['x-extra']).toBe('yes');
    expect(JSON.parse(body)).toMatchObject({
      method: 'GET',
      path: '/page',
      search: '?x=1',
      headers: { 'x-two': 'a' },
      body: '',
      sourceIp: '127.0.0.1',
    });
    expect(await send(port, { method: 'HEAD', path: '/page' })).toMatchObject({
      status: 200,
      body: '',
    });
    expect((await send(port, { path: '/a' })).body).toBe('fine');
    expect(events).toHaveLength(1);
  });
});

describe('the server', () => {
  test('rejects as node:net does when its port is taken', async () => {
    const { port } = await start();
    const definition = {
      apiId: 'other',
      stage: '$default',
      payloadFormat: '2.0',
      routes: [],
      mayInvoke: () => true,
    } as const;
    const invoke = () => Promise.reject(new Error('not called'));
    await expect(startHttpApi(definition, { port, invoke })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  test('tells a client that asks first whether its body is welcome', async () => {
    const { port } = await start();
    const ask = (length: number, body: string): Promise<string> =>
      sendRaw(
        port,
        `POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n${body}`,
      );
    expect(await ask(2, 'hi')).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
    expect(await ask(11 * MIB, '')).toMatch(/^HTTP\/1.1 413 /);
  });

  test('finishes the running requests when it is closed, and takes no new ones', async () => {
    let finish: (answer: string) => void = () => {};
    let began: () => void = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const { port, close } = await start({
      answer: () => {
        began();
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    const running = send(port, { path: '/' });
    await hasBegun;
    const closing = Promise.all([close(), close()]);
    await expect(send(port, { path: '/' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    finish('late');
    expect((await running).body).toBe('late');
    await closing;
  });
});

describe('clients that are slow', () => {
  test.each([
    ['headers', 'POST / HTTP/1.1\r\nHost: localhost\r\n'],
    ['body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf'],
  ])('half the %s and then nothing: 408', async (_name, text) => {
    const { port } = await start({}, { requestTimeoutMs: 100 });
    expect(await sendRaw(port, text)).toMatch(/^HTTP\/1.1 408 /);
  });

  test('one that asks for much and does not read it is cut', async () => {
    const { port } = await start({ answer: () => 'x'.repeat(32 * MIB) }, { requestTimeoutMs: 50 });
    const before = countSockets();
    const socket = connect(port, '127.0.0.1').pause();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await waitFor('both ends', () => countSockets() >= before + 2);
    await waitFor('the server to drop its end', () => countSockets() < before + 2);
    socket.destroy();
  });
});

import { describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { ServiceError } from '#local/cloud/lambda/serviceError.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { statusOfRefusal, useSocketApis } from './useSocketApis.ts';

const start = useSocketApis();

const isRoute =
  (key: string) =>
  ({ requestContext }: { requestContext: { routeKey: string } }): boolean =>
    requestContext.routeKey === key;

describe('a connection', () => {
  test('is told to $connect and $disconnect as API Gateway tells it', async () => {
    const api = await start();
    const client = await api.connect({ path: '/live?a=1&a=2', headers: { 'User-Agent': 'test' } });
    client.socket.close(4000, 'enough');
    await waitFor('the end to be told', () => api.events.length === 2);
    const [connected, ended] = api.events;
    const everyContext = {
      apiId: 'memos1',
      stage: 'live',
      messageDirection: 'IN',
      connectionId: client.id,
      connectedAt: expect.any(Number),
      domainName: `127.0.0.1:${api.port}`,
      requestId: expect.any(String),
      extendedRequestId: expect.any(String),
      requestTime: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:[\d:]{8} \+0000$/),
      requestTimeEpoch: expect.any(Number),
      identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
    };
    expect(connected).toMatchObject({
      headers: { Host: `127.0.0.1:${api.port}`, 'User-Agent': 'test' },
      multiValueHeaders: { 'User-Agent': ['test'] },
      queryStringParameters: { a: '2' },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      isBase64Encoded: false,
    });
    expect(connected?.requestContext).toEqual({
      ...everyContext,
      routeKey: '$connect',
      eventType: 'CONNECT',
    });
    expect(ended?.requestContext).toEqual({
      ...everyContext,
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 4000,
      disconnectReason: 'enough',
    });
    expect(client.id).toMatch(/^[A-Za-z0-9]{15}=$/);
    expect(api.connections()).toBe(0);
  });

  test('gets the subprotocol that $connect answered, and no other', async () => {
    const api = await start({
      answer: ({ headers = {} }) => ({
        statusCode: 200,
        ...(headers['Sec-WebSocket-Protocol']?.includes('good') && {
          headers: { 'Sec-WebSocket-Protocol': 'good' },
        }),
      }),
    });
    const { socket } = await api.connect({ protocols: ['bad', 'good'] });
    expect(socket.protocol).toBe('good');
    // The library refuses a server that takes none of those it offered, as browsers do.
    await expect(api.connect({ protocols: ['bad'] })).rejects.toThrow('no subprotocol');
  });

  test.each([
    ['what $connect said', () => ({ statusCode: 401 }), 401],
    ['502 when its answer is none', () => 'hello', 502],
    [
      '502 when its answer has members API Gateway doesn’t know',
      () => ({ statusCode: 200, x: 1 }),
      502,
    ],
  ])('is refused with %s', async (_what, answer, status) => {
    const api = await start({ answer });
    expect(await statusOfRefusal(new WebSocket(api.url))).toBe(status);
    expect(api.connections()).toBe(0);
  });

  test('is refused with 502 when $connect fails, 500 when it may not or cannot be invoked', async () => {
    const failing = await start({}, { invoke: async () => FAILED });
    expect(await statusOfRefusal(new WebSocket(failing.url))).toBe(502);
    const forbidden = await start({ mayInvoke: () => false });
    expect(await statusOfRefusal(new WebSocket(forbidden.url))).toBe(500);
    expect(forbidden.events).toEqual([]);
    const missing = await start({}, { invoke: async () => Promise.reject(ServiceError.stopped()) });
    expect(await statusOfRefusal(new WebSocket(missing.url))).toBe(500);
  });

  test('is refused at another path than the stage’s', async () => {
    const api = await start();
    expect(await statusOfRefusal(new WebSocket(`${api.url}/more`))).toBe(403);
    expect(await statusOfRefusal(new WebSocket(api.url.replace('live', 'prod')))).toBe(403);
  });

  test.each([
    ['a foreign page', { Origin: 'https://evil.example' }],
    ['a foreign name for us (DNS rebinding)', { Host: 'evil.example' }],
  ])('is refused from %s', async (_what, headers) => {
    const api = await start();
    expect(await statusOfRefusal(new WebSocket(api.url, { headers }))).toBe(403);
    expect(api.events).toEqual([]);
  });

  test('is let in from a page of this machine', async () => {
    const api = await start();
    await api.connect({ headers: { Origin: 'http://localhost:3000' } });
    expect(api.connections()).toBe(1);
  });

  test('is refused with 429 when there are too many a second', async () => {
    const api = await start({}, { limits: { newConnectionsPerSecond: 1 }, clock: () => 0 });
    await api.connect();
    expect(await statusOfRefusal(new WebSocket(api.url))).toBe(429);
  });

  test('ends with 1001 when it is idle; a message in either direction keeps it', async () => {
    let nowMs = 0;
    const limits = { idleMs: 60 };
    const api = await start({}, { limits, clock: () => nowMs });
    const idle = await api.connect();
    const busy = await api.connect();
    nowMs = 61;
    busy.socket.send('{"type":"ask"}');
    await busy.received(1);
    expect((await idle.closed).code).toBe(1001);
    await waitFor('one to be left', () => api.connections() === 1);
    nowMs = 122;
    expect((await busy.closed).code).toBe(1001);
  });

  test('ends with 1001 when it is old', async () => {
    const api = await start({}, { limits: { connectionMs: 30 } });
    expect((await (await api.connect()).closed).code).toBe(1001);
  });

  test('ends with 1001 when the laptop stops, and its function hears of it', async () => {
    const api = await start();
    const client = await api.connect();
    await api.close();
    expect((await client.closed).code).toBe(1001);
    expect(api.events.filter(isRoute('$disconnect'))).toHaveLength(1);
  });
});

const FAILED = {
  payload: '{}',
  functionError: 'Unhandled' as const,
  requestId: 'x',
  logTail: '',
};

describe('a message', () => {
  test('goes to the route it names, all others to $default', async () => {
    const api = await start();
    const { socket } = await api.connect();
    const texts = [
      '{"type":"ask","n":1}',
      '{"type":"nothing"}',
      'no JSON',
      '{"type":"$connect"}',
      '{"type":7}',
      'null',
      '{"type":"constructor"}',
    ];
    for (const text of texts) socket.send(text);
    await waitFor('all messages', () => api.events.length === 8);
    const routes = api.events
      .slice(1)
      .map(({ requestContext, body }) => [body, requestContext.routeKey]);
    expect(routes).toEqual(texts.map((text, index) => [text, index === 0 ? 'ask' : '$default']));
    expect(api.events[1]).toMatchObject({
      requestContext: { eventType: 'MESSAGE', messageId: expect.any(String) },
      isBase64Encoded: false,
    });
    expect(api.events[1]).not.toHaveProperty('headers');
  });

  test('is answered where the route has a response, and only there', async () => {
    const answer = ({ body = '' }) => ({ statusCode: 200, body: `got ${body.length}` });
    const api = await start({ answer });
    const client = await api.connect();
    client.socket.send('{"type":"tell"}');
    await waitFor('the first', () => api.events.length === 2);
    client.socket.send('{"type":"ask"}');
    expect(await client.received(1)).toEqual(['got 14']);
  });

  test('gets an empty message where the route has a response and the function none', async () => {
    const api = await start();
    const client = await api.connect();
    client.socket.send('{"type":"ask"}');
    expect(await client.received(1)).toEqual(['']);
  });

  test('is refused without a route', async () => {
    const api = await start({ routeKeys: ['$connect'] });
    const client = await api.connect();
    client.socket.send('{"type":"ask"}');
    const [text = ''] = await client.received(1);
    expect(JSON.parse(text)).toEqual({
      message: 'Forbidden',
      connectionId: client.id,
      requestId: expect.any(String),
    });
  });

  test('of a failing function is answered with an error, also on a one-way route', async () => {
    const answer = ({ requestContext: { routeKey } }: { requestContext: { routeKey: string } }) =>
      routeKey === '$connect' ? { statusCode: 200 } : 'no answer';
    const api = await start({ answer });
    const client = await api.connect();
    client.socket.send('{"type":"tell"}');
    const [text = ''] = await client.received(1);
    expect(JSON.parse(text)).toEqual({
      message: 'Internal server error',
      connectionId: client.id,
      requestId: api.events[1]?.requestContext.requestId,
    });
  });

  test('of a slow function is answered after the time limit', async () => {
    const answer = ({ requestContext: { routeKey } }: { requestContext: { routeKey: string } }) =>
      routeKey === 'ask' ? new Promise(() => {}) : undefined;
    const api = await start({ answer }, { limits: { integrationMs: 20 } });
    const client = await api.connect();
    client.socket.send('{"type":"ask"}');
    const [text = ''] = await client.received(1);
    expect(JSON.parse(text).message).toBe('Endpoint request timed out.');
  });

  test('doesn’t wait for the one before it', async () => {
    let release = (): void => {};
    const first = new Promise<void>((resolve) => {
      release = resolve;
    });
    const answer = async ({ body = '' }) => {
      if (body.includes('1')) await first;
      return { statusCode: 200, body };
    };
    const api = await start({ answer });
    const client = await api.connect();
    client.socket.send('{"type":"ask","n":1}');
    client.socket.send('{"type":"ask","n":2}');
    expect(await client.received(1)).toEqual(['{"type":"ask","n":2}']);
    release();
    expect(await client.received(2)).toHaveLength(2);
  });

  test('over the rate of the stage is refused', async () => {
    const api = await start({ throttle: { rate: 0, burst: 2 } }, { clock: () => 0 });
    const client = await api.connect();
    client.socket.send('{"type":"tell"}');
    client.socket.send('{"type":"tell"}');
    expect(JSON.parse((await client.received(1))[0] ?? '').message).toBe('Too Many Requests');
    expect(api.events).toHaveLength(2);
  });

  test('of 32 KB in one frame passes, a larger frame ends the connection with 1009', async () => {
    const api = await start();
    const client = await api.connect();
    client.socket.send('x'.repeat(32 * 1024));
    await client.received(1);
    client.socket.send('x'.repeat(32 * 1024 + 1));
    expect((await client.closed).code).toBe(1009);
    expect(api.events.filter(isRoute('$default'))).toHaveLength(1);
  });

  test('of 128 KB in frames passes, a larger one ends the connection with 1009', async () => {
    const api = await start();
    const client = await api.connect();
    const send = (frames: number): void => {
      const text = 'x'.repeat(32 * 1024);
      for (let frame = 1; frame <= frames; frame += 1) {
        client.socket.send(text, { fin: frame === frames });
      }
    };
    send(4);
    await client.received(1);
    expect(api.events[1]?.body).toHaveLength(128 * 1024);
    send(5);
    expect((await client.closed).code).toBe(1009);
  });

  test('leaves a line in the access log that doesn’t say what it was', async () => {
    const format =
      '{"route":"$context.routeKey","event":"$context.eventType","id":"$context.connectionId","status":"$context.status","no":"$context.integrationErrorMessage"}';
    const api = await start({ accessLogFormat: format });
    const client = await api.connect();
    client.socket.send('{"type":"ask","secret":1}');
    await client.received(1);
    expect(api.accessLog.map((line) => JSON.parse(line))).toEqual([
      { route: '$connect', event: 'CONNECT', id: client.id, status: '200', no: '-' },
      { route: 'ask', event: 'MESSAGE', id: client.id, status: '200', no: '-' },
    ]);
  });
});

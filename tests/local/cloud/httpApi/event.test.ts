import { describe, expect, test } from '@jest/globals';
import { send, sendRaw } from '#tests/support/nodeHttp.ts';
import { NOW_MS, useApis } from './useApis.ts';

const start = useApis();

describe('the event of a request', () => {
  test('has every member of payload format 2.0 that has a value', async () => {
    const { port, events } = await start({ routeKeys: ['POST /pads/{padId}/{rest+}'] });
    await send(
      port,
      {
        method: 'POST',
        path: '/pads/7/memos/8?tag=a&tag=b%20c&empty=',
        headers: {
          'content-type': 'application/json',
          'User-Agent': 'tester',
          cookie: 'session=abc123; theme=dark',
          'x-amzn-trace-id': 'Root=1-5e6a86fe-000000000000000000000000',
        },
      },
      '{"title":"한글"}',
    );
    const host = `127.0.0.1:${port}`;
    expect(events).toEqual([
      {
        version: '2.0',
        routeKey: 'POST /pads/{padId}/{rest+}',
        rawPath: '/pads/7/memos/8',
        rawQueryString: 'tag=a&tag=b%20c&empty=',
        cookies: ['session=abc123', 'theme=dark'],
        headers: {
          'content-type': 'application/json',
          'content-length': '18',
          host,
          'user-agent': 'tester',
          'x-amzn-trace-id': 'Root=1-5e6a86fe-000000000000000000000000',
          'x-forwarded-for': '127.0.0.1',
          'x-forwarded-port': String(port),
          'x-forwarded-proto': 'http',
        },
        queryStringParameters: { tag: 'a,b c', empty: '' },
        requestContext: {
          accountId: '000000000000',
          apiId: 'memos1',
          domainName: host,
          domainPrefix: 'memos1',
          http: {
            method: 'POST',
            path: '/pads/7/memos/8',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'tester',
          },
          requestId: 'request-1=',
          routeKey: 'POST /pads/{padId}/{rest+}',
          stage: '$default',
          time: '12/Mar/2020:19:03:58 +0000',
          timeEpoch: NOW_MS,
        },
        body: '{"title":"한글"}',
        isBase64Encoded: false,
        pathParameters: { padId: '7', rest: 'memos/8' },
      },
    ]);
  });

  test('leaves out what has no value, but for the length of the body', async () => {
    const { port, events, traces } = await start();
    await send(port, { path: '/' });
    expect(traces).toEqual([events[0]!.headers['x-amzn-trace-id']]);
    expect(Object.keys(events[0]!).sort()).toEqual([
      'headers',
      'isBase64Encoded',
      'rawPath',
      'rawQueryString',
      'requestContext',
      'routeKey',
      'version',
    ]);
    expect(events[0]!.rawQueryString).toBe('');
    expect(events[0]!.headers).toMatchObject({
      'content-length': '0',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-5e6a879e-[0-9a-f]{24}$/),
    });
    expect(events[0]!.requestContext.http.userAgent).toBe('');
  });

  test('joins the values of a header that came more than once, Authorization too', async () => {
    const { port, events } = await start();
    await sendRaw(
      port,
      [
        'GET / HTTP/1.1',
        'Host: localhost',
        'Authorization: Bearer one',
        'AUTHORIZATION: Bearer two',
        'X-Two: a',
        'x-two: b',
        'Cookie: a=1',
        'Cookie: b=2;c=3',
        'X-Forwarded-For: 10.0.0.1',
        'Connection: close',
        '',
        '',
      ].join('\r\n'),
    );
    expect(events[0]!.headers).toMatchObject({
      authorization: 'Bearer one,Bearer two',
      'x-two': 'a,b',
      'x-forwarded-for': '10.0.0.1, 127.0.0.1',
    });
    expect(events[0]!.cookies).toEqual(['a=1', 'b=2', 'c=3']);
    expect(Object.keys(events[0]!.headers)).not.toContain('connection');
    expect(Object.keys(events[0]!.headers)).not.toContain('cookie');
  });

  test('decodes the path and its variables, and leaves the query as it came', async () => {
    const { port, events } = await start({ routeKeys: ['GET /users/{name}/{title}'] });
    await send(port, { path: '/users/%E2%98%95%20Coffee/a%2Fb?q=%E2%98%95+x' });
    expect(events[0]).toMatchObject({
      rawPath: '/users/☕ Coffee/a/b',
      rawQueryString: 'q=%E2%98%95+x',
      queryStringParameters: { q: '☕ x' },
      pathParameters: { name: '☕ Coffee', title: 'a/b' },
      requestContext: { http: { path: '/users/☕ Coffee/a/b' } },
    });
  });

  const BYTES = Buffer.from([0x00, 0xff, 0x41]);
  test.each([
    ['application/json', 'text'],
    ['application/json; charset=utf-8', 'text'],
    ['APPLICATION/XML', 'text'],
    ['application/javascript', 'text'],
    ['text/markdown', 'text'],
    ['application/x-www-form-urlencoded', 'base64'],
    ['application/graphql-response+json', 'base64'],
    ['application/octet-stream', 'base64'],
    ['image/png', 'base64'],
    ['', 'base64'],
  ])('has a body of type "%s" as %s', async (type, form) => {
    const { port, events } = await start();
    const body = form === 'text' ? Buffer.from('메모') : BYTES;
    await send(port, { method: 'POST', headers: type ? { 'content-type': type } : {} }, body);
    const { body: got, isBase64Encoded } = events[0]!;
    expect({ got, isBase64Encoded }).toEqual(
      form === 'text'
        ? { got: '메모', isBase64Encoded: false }
        : { got: BYTES.toString('base64'), isBase64Encoded: true },
    );
  });

  test('gives the length of a body that came in chunks', async () => {
    const { port, events } = await start();
    await send(
      port,
      { method: 'POST', headers: { 'transfer-encoding': 'chunked', 'content-type': 'text/plain' } },
      'hello',
    );
    expect(events[0]).toMatchObject({ body: 'hello', headers: { 'content-length': '5' } });
    expect(Object.keys(events[0]!.headers)).not.toContain('transfer-encoding');
  });
});

import type { RequestOptions } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '#domain/viewer/httpMessage.ts';
import { echo, send, sendRaw, useServers } from '#tests/support/nodeHttp.ts';

const serve = useServers();

async function echoed(port: number, options: RequestOptions = {}, body?: string | Buffer) {
  const { body: text } = await send(port, options, body);
  return JSON.parse(text) as HttpRequest;
}

describe('what a handler sees of a request', () => {
  test('method, path, query, headers in lower case, body and where it came from', async () => {
    const { port } = await serve();
    const path = '/graphql?query={me{id}}&x=%ED%95%9C';
    const seen = await echoed(port, { method: 'POST', path, headers: { 'X-One': '1' } }, '한글 📝');
    expect(seen).toMatchObject({
      method: 'POST',
      path: '/graphql',
      search: '?query={me{id}}&x=%ED%95%9C',
      body: '한글 📝',
      sourceIp: '127.0.0.1',
    });
    expect(seen.headers['x-one']).toBe('1');
  });

  test('two Authorization headers arrive joined, so that a check can refuse them', async () => {
    const { port } = await serve();
    const answer = await sendRaw(
      port,
      'GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toContain('"authorization":"Bearer a, Bearer b"');
  });

  test('cookies are joined as cookies are, and a header called __proto__ is only a header', async () => {
    const { port } = await serve();
    const answer = await sendRaw(
      port,
      'GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=1\r\nCookie: b=2\r\n__proto__: x\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toContain('"cookie":"a=1; b=2"');
    expect(answer).toContain('"__proto__":"x"');
  });

  test('a whole URL as request target is read as its path', async () => {
    const { port } = await serve();
    const target = `http://127.0.0.1:${port}/graphql?a=1`;
    const answer = await sendRaw(
      port,
      `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('"path":"/graphql","search":"?a=1"');
  });

  test('HEAD is answered as GET, without the body', async () => {
    const { port } = await serve();
    const { status, headers, body } = await send(port, { method: 'HEAD' });
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });
});

describe('what is refused', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
      400,
    ],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'a target that is no path',
      'GET graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      400,
    ],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
  ])('%s', async (_name, text, status) => {
    const { port } = await serve();
    expect(await sendRaw(port, text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io:80',
    '10.0.0.1',
    'localhost, evil.example',
  ])('a Host that is not this machine: %s (DNS rebinding)', async (host) => {
    const { port } = await serve();
    const { status, body } = await send(port, { headers: { host } });
    expect({ status, code: JSON.parse(body).errors[0].extensions.code }).toEqual({
      status: 403,
      code: 'FORBIDDEN',
    });
  });

  test('a foreign host in the request target, whatever the Host header says', async () => {
    const { port } = await serve();
    const answer = await sendRaw(
      port,
      'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 403 /);
  });

  test.each(['127.0.0.1', '127.0.0.1:4000', 'localhost', 'LOCALHOST:80', '[::1]:4000'])(
    'but not %s',
    async (host) => {
      const { port } = await serve();
      expect((await send(port, { headers: { host } })).status).toBe(200);
    },
  );

  test('nor any Host where the server is told to serve the world', async () => {
    const { port } = await serve(echo, { loopbackOnly: false });
    expect((await send(port, { headers: { host: 'memopad.example' } })).status).toBe(200);
  });

  test('a body that is no UTF-8', async () => {
    const { port } = await serve();
    const { status } = await send(port, { method: 'POST' }, Buffer.from([0x22, 0xff, 0x22]));
    expect(status).toBe(400);
  });
});

describe('bodies that are too long', () => {
  const limit = { maxBodyBytes: 1_000 };

  test('the limit itself passes, in bytes', async () => {
    const { port } = await serve(echo, limit);
    expect((await send(port, { method: 'POST' }, '가'.repeat(333))).status).toBe(200);
    expect((await send(port, { method: 'POST' }, '가'.repeat(334))).status).toBe(413);
  });

  test('chunks without a declared length are counted as they come', async () => {
    const { port } = await serve(echo, limit);
    const headers = { 'transfer-encoding': 'chunked' };
    const { status, body } = await send(port, { method: 'POST', headers }, 'x'.repeat(5_000_000));
    expect(status).toBe(413);
    expect(JSON.parse(body).errors).toEqual([
      {
        message: 'Expected a body of at most 1000 bytes.',
        extensions: { code: 'PAYLOAD_TOO_LARGE' },
      },
    ]);
  });

  test('an absurd length is refused before anything of it is read', async () => {
    const { port } = await serve(echo, limit);
    const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n';
    expect(await sendRaw(port, head)).toMatch(/^HTTP\/1.1 413 /);
  });

  test('who asks first is told before the body is sent', async () => {
    const { port } = await serve(echo, limit);
    const head = (length: number) =>
      `POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`;
    expect(await sendRaw(port, head(1_001))).toMatch(/^HTTP\/1.1 413 /);
    expect(await sendRaw(port, `${head(2)}ok`)).toMatch(/^HTTP\/1.1 100 [\s\S]*HTTP\/1.1 200 /);
  });
});

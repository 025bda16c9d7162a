import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type PlaygroundOptions, servePlayground } from '#local/playground.ts';
import { useFolders } from '#tests/support/folder.ts';
import { echo } from '#tests/support/nodeHttp.ts';

const makeFolder = useFolders();

function build(): string {
  const folder = makeFolder();
  mkdirSync(join(folder, 'assets', 'abc'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'abc', 'main.js'), 'run()');
  writeFileSync(join(folder, 'assets', 'abc', 'font.woff2'), Buffer.from([0xff, 0x00]));
  return folder;
}

function open(options: Partial<PlaygroundOptions> = {}) {
  const handler = servePlayground({ folder: build(), next: echo, ...options });
  return (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    handler({ method, path, search: '', headers, body: '', sourceIp: '127.0.0.1' });
}

describe('the page', () => {
  test.each(['/playground', '/playground/'])('stands at %s', async (path) => {
    const { status, headers, body } = await open()(path);
    expect({ status, body: String(body) }).toEqual({ status: 200, body: '<!doctype html>' });
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self';");
  });

  test('is where / leads', async () => {
    expect(await open()('/')).toMatchObject({ status: 302, headers: { location: '/playground' } });
  });

  test('is not sent again to who has it', async () => {
    const get = open();
    const { etag = '' } = (await get('/playground')).headers;
    expect(await get('/playground', { 'if-none-match': etag })).toMatchObject({ status: 304 });
    expect(await get('/playground', { 'if-none-match': '"other"' })).toMatchObject({ status: 200 });
  });

  test('takes no POST', async () => {
    const { status, headers } = await open()('/playground', {}, 'POST');
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });
});

describe('what the page loads', () => {
  test('has its type, its bytes, and may be kept for ever', async () => {
    const get = open();
    const script = await get('/playground/assets/abc/main.js');
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const font = await get('/playground/assets/abc/font.woff2');
    expect(font.headers['content-type']).toBe('font/woff2');
    expect([...(font.body as Uint8Array)]).toEqual([0xff, 0x00]);
  });

  test('tells the demo account, when there is one', async () => {
    const demo = { email: 'demo@memopad.example', password: 'secret' };
    const { headers, body } = await open({ demo })('/playground/config.json');
    expect(JSON.parse(String(body))).toEqual({ demo });
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(String((await open()('/playground/config.json')).body))).toEqual({});
  });

  test('tells where the AppSync door is, and lets the page connect there, too', async () => {
    const appsync = {
      url: 'http://127.0.0.1:4003/graphql',
      realtime: 'ws://127.0.0.1:4003/graphql/realtime',
      apiKey: 'da2-key',
    };
    const get = open({ appsync });
    expect(JSON.parse(String((await get('/playground/config.json')).body))).toEqual({ appsync });
    const { headers } = await get('/playground');
    expect(headers['content-security-policy']).toContain(
      "connect-src 'self' http://127.0.0.1:4003 ws://127.0.0.1:4003;",
    );
  });

  test('tells where changes are watched, and lets the page connect there alone', async () => {
    const socket = 'ws://127.0.0.1:4002/live';
    const get = open({ socket });
    expect(JSON.parse(String((await get('/playground/config.json')).body))).toEqual({ socket });
    const { headers } = await get('/playground');
    expect(headers['content-security-policy']).toContain("connect-src 'self' ws://127.0.0.1:4002;");
  });
});

describe('no path leads out of the folder', () => {
  test.each([
    '/playground/../package.json',
    '/playground/..%2fpackage.json',
    '/playground/%2e%2e/package.json',
    '/playground/..\\package.json',
    '/playground//etc/passwd',
    '/playground/assets',
    '/playground/assets/',
    '/playground/assets/abc/../abc/main.js',
    '/playground/index.html\0.js',
    '/playground/constructor',
    '/playground/link.html',
  ])('%j', async (path) => {
    const folder = build();
    symlinkSync('/etc/hostname', join(folder, 'link.html'));
    expect(await open({ folder })(path)).toMatchObject({ status: 404 });
  });
});

test('every other path is somebody else’s', async () => {
  const get = open();
  for (const path of ['/graphql', '/playgrounds', '/health']) {
    expect(JSON.parse(String((await get(path)).body))).toMatchObject({ path });
  }
});

test('without a build it says how to get one', async () => {
  const { status, body } = await open({ folder: '/nonexistent' })('/playground');
  expect({ status, body }).toEqual({
    status: 503,
    body: 'The playground is not built. Run: npm run build',
  });
});

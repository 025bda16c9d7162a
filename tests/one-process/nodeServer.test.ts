import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { listen } from '#one-process/nodeServer.ts';
import { countSockets, echo, send, sendRaw, useServers } from '#tests/support/nodeHttp.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const serve = useServers();

describe('what a client gets', () => {
  test('bytes as they are', async () => {
    const bytes = Uint8Array.from([0, 255, 1, 254]);
    const { url } = await serve(async () => ({ status: 200, headers: {}, body: bytes }));
    const response = await fetch(url);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  test('no body and no length with 304', async () => {
    const { port } = await serve(async () => ({ status: 304, headers: { etag: '"1"' }, body: '' }));
    const { status, headers } = await send(port);
    expect({ status, length: headers['content-length'] }).toEqual({
      status: 304,
      length: undefined,
    });
  });

  test('a 500 that hides the cause when a handler rejects', async () => {
    const { port } = await serve(async () => {
      throw new Error('the secret cause');
    });
    const { status, body } = await send(port);
    expect(status).toBe(500);
    expect(body).not.toContain('secret');
    expect(JSON.parse(body).errors[0].extensions.code).toBe('INTERNAL');
  });

  test('answers in the order of its pipelined requests, however long each takes', async () => {
    const release: (() => void)[] = [];
    const { port } = await serve(async ({ path }) => {
      if (path === '/first') await new Promise<void>((resolve) => release.push(resolve));
      else release.at(0)?.();
      return { status: 200, headers: {}, body: path };
    });
    const head = 'HTTP/1.1\r\nHost: localhost';
    const answer = await sendRaw(
      port,
      `GET /first ${head}\r\n\r\nGET /second ${head}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer.match(/\/(first|second)/g)).toEqual(['/first', '/second']);
  });
});

describe('clients that are slow or leave', () => {
  test.each([
    ['headers', 'POST / HTTP/1.1\r\nHost: localhost\r\n'],
    ['body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf'],
  ])('half the %s and then nothing: 408', async (_name, text) => {
    const { port } = await serve(echo, { requestTimeoutMs: 100 });
    expect(await sendRaw(port, text)).toMatch(/^HTTP\/1.1 408 /);
  });

  test('one that asks for much and does not read it is cut', async () => {
    const body = new Uint8Array(64 * 1024 * 1024);
    const { port } = await serve(async () => ({ status: 200, headers: {}, body }), {
      requestTimeoutMs: 50,
    });
    const before = countSockets();
    const socket = connect(port, '127.0.0.1').pause();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    // Whatever the client did to look would be a sign of life, so the server's end is looked at.
    await waitFor('both ends', () => countSockets() >= before + 2);
    await waitFor('the server to drop its end', () => countSockets() < before + 2);
    socket.destroy();
  });

  test('one that leaves in the middle of its body reaches no handler and harms nobody', async () => {
    const seen: string[] = [];
    const { port } = await serve(async (request) => {
      seen.push(request.body);
      return echo(request);
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();
    expect((await send(port, { method: 'POST' }, 'whole')).status).toBe(200);
    expect(seen).toEqual(['whole']);
  });
});

describe('close', () => {
  test('lets a running request finish and takes no new one', async () => {
    let finish = () => {};
    let started = () => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const server = await listen(
      async () => {
        started();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return { status: 200, headers: {}, body: 'done' };
      },
      { port: 0, host: '127.0.0.1' },
    );
    const answer = fetch(server.url);
    await running;
    const closed = server.close();
    await expect(send(server.port)).rejects.toThrow('ECONNREFUSED');
    finish();
    const response = await answer;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.text()).toBe('done');
    await closed;
  });

  test('does not wait for clients that only keep their socket open', async () => {
    const server = await listen(echo, { port: 0, host: '127.0.0.1' });
    await fetch(server.url).then((response) => response.text());
    await server.close();
    await expect(send(server.port)).rejects.toThrow('ECONNREFUSED');
  });
});

test('a taken port is an error with the code EADDRINUSE', async () => {
  const { port } = await serve();
  await expect(serve(echo, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { type HeldPort, holdPort } from '#local/heldPort.ts';
import { isFree } from '#local/ports.ts';
import { closeServer } from '#one-process/serving.ts';

const HOST = '127.0.0.1';
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function hold(): Promise<HeldPort> {
  const held = await holdPort({ port: 0, host: HOST });
  opened.push(held.close);
  return held;
}

/** Answers with the body it was sent. */
function echo(): Server {
  const server = createServer((asked, response) => void asked.pipe(response));
  opened.push(() => server.listening && closeServer(server));
  return server;
}

/** Posts a body over a connection that is kept. `connected` resolves when the other side has seen it. */
function post(port: number, body: string) {
  const agent = new Agent({ keepAlive: true });
  opened.push(() => agent.destroy());
  const asking = request({ host: HOST, port, agent, method: 'POST' });
  const connected = once(asking, 'socket').then(async ([socket]) => {
    await once(socket, 'connect');
    // One look of the event loop at the system's news takes it.
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  });
  const answer = new Promise<string>((resolve, reject) => {
    asking.on('error', reject).on('response', async (response) => {
      resolve((await response.setEncoding('utf8').toArray()).join(''));
    });
  });
  asking.end(body);
  return { connected, answer };
}

test('whoever comes before the server waits for it, and others come later', async () => {
  const held = await hold();
  const bodies = ['first', 'x'.repeat(1_000_000)];
  const early = bodies.map((body) => post(held.port, body));
  await Promise.all(early.map(({ connected }) => connected));
  await held.handTo(echo());
  expect(await Promise.all(early.map(({ answer }) => answer))).toEqual(bodies);
  expect(await post(held.port, 'late').answer).toBe('late');
});

test('the port is free at no time until the server closes', async () => {
  const held = await hold();
  const server = echo();
  expect(await isFree(held.port)).toBe(false);
  const handing = held.handTo(server);
  expect(await isFree(held.port)).toBe(false);
  await handing;
  await held.close();
  expect(await isFree(held.port)).toBe(false);
  await closeServer(server);
  expect(await isFree(held.port)).toBe(true);
});

test('a server that closes ends also who had waited', async () => {
  const held = await hold();
  const { connected, answer } = post(held.port, 'early');
  await connected;
  const server = createServer();
  const asked = once(server, 'request');
  await held.handTo(server);
  await asked;
  const cut = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
  await closeServer(server);
  await cut;
});

test('one that is let go is free, and whoever waited is cut off', async () => {
  const held = await hold();
  const { connected, answer } = post(held.port, 'early');
  const cut = expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' });
  await connected;
  await held.close();
  await cut;
  expect(await isFree(held.port)).toBe(true);
});

test('one that is taken can’t be held', async () => {
  const { port } = await hold();
  await expect(holdPort({ port, host: HOST })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

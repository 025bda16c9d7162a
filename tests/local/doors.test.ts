import { afterEach, describe, expect, test } from '@jest/globals';
import { type Doors, holdDoors, takeDoors } from '#local/doors.ts';
import { isFree } from '#local/ports.ts';
import type { PortWish } from '#local/wishedPorts.ts';
import { echo, useServers } from '#tests/support/nodeHttp.ts';

const serve = useServers();
const opened: Doors[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((doors) => doors.close()));
});

const any: PortWish = { port: 0, orFree: true };
const only = (port: number): PortWish => ({ port, orFree: false });

async function take(gateway: PortWish, auth: PortWish, socket = any): Promise<Doors> {
  const settingsFile = '/pad/memopad.json';
  const doors = await takeDoors({ wishes: { gateway, auth, socket, appsync: any }, settingsFile });
  opened.push(doors);
  return doors;
}

describe('a taken port', () => {
  test('of the gateway: who has it, and what to do', async () => {
    const { port } = await serve();
    const taking = take(only(port), any);
    await expect(taking).rejects.toThrow(`Port ${port} is taken by process ${process.pid} (`);
    await expect(taking).rejects.toThrow(`npm start -- --port ${port + 100}`);
  });

  test('of the auth service: why no other one will do; the gateway’s is given back', async () => {
    const { port } = await serve();
    const { gateway, close } = await take(any, any);
    await close();
    const taking = take(only(gateway.port), only(port));
    await expect(taking).rejects.toThrow('it stands in every access token');
    await expect(taking).rejects.toThrow('delete "ports" from /pad/memopad.json');
    expect(await isFree(gateway.port)).toBe(true);
  });

  test('of the socket: why it stays; the others are given back', async () => {
    const { port } = await serve();
    const { gateway, auth, close } = await take(any, any);
    await close();
    const taking = take(only(gateway.port), only(auth.port), only(port));
    await expect(taking).rejects.toThrow('clients come back to it');
    expect(await isFree(gateway.port)).toBe(true);
    expect(await isFree(auth.port)).toBe(true);
  });

  test('of AppSync: why it stays; the others are given back', async () => {
    const { port } = await serve();
    const { gateway, auth, socket, close } = await take(any, any);
    await close();
    const wishes = {
      gateway: only(gateway.port),
      auth: only(auth.port),
      socket: only(socket.port),
      appsync: only(port),
    };
    const holding = holdDoors({ wishes, settingsFile: '/pad/memopad.json' });
    await expect(holding).rejects.toThrow('the AppSync door had it at the last start');
    for (const door of [gateway, auth, socket]) expect(await isFree(door.port)).toBe(true);
  });

  test('is replaced by a free one where that is good enough', async () => {
    const { port } = await serve();
    const doors = await take({ port, orFree: true }, any);
    expect(doors.gateway.port).not.toBe(port);
  });
});

test('whoever comes before the doors are open waits', async () => {
  const doors = await take(any, any);
  const early = fetch(`${doors.gateway.url}/early`);
  doors.open({ gateway: echo, auth: echo });
  expect(await (await early).json()).toMatchObject({ path: '/early' });
  expect(await (await fetch(`${doors.auth.url}/late`)).json()).toMatchObject({ path: '/late' });
});

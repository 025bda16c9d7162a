import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Engine, type EngineOptions, startEngine } from '#local/engine.ts';
import { describePortHolder } from '#local/portHolder.ts';
import { freePort, isFree } from '#local/ports.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
const engines: Engine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
});

async function start(options: EngineOptions = {}): Promise<{
  engine: Engine;
  host: string;
  port: number;
}> {
  const engine = await startEngine(options);
  engines.push(engine);
  const { hostname: host, port } = new URL(engine.endpoint);
  return { engine, host, port: Number(port) };
}

test('keeps its data in the file given, for our eyes only', async () => {
  const file = join(makeFolder(), 'memopad.db');
  await start({ file });
  expect(readFileSync(file).subarray(0, 6).toString()).toBe('SQLite');
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('each start is at another address, none at 127.0.0.1', async () => {
  const [one, other] = [await start(), await start()];
  expect(one.host).toMatch(/^127(\.\d+){3}$/);
  expect(one.host).not.toBe(other.host);
  expect(await isFree(one.port, one.host)).toBe(false);
  await expect(fetch(`http://127.0.0.1:${one.port}`)).rejects.toThrow('fetch failed');
});

test('a port that was taken meanwhile is left for another one', async () => {
  const taken = createServer().listen(0, '0.0.0.0');
  await once(taken, 'listening');
  const { port: takenPort } = taken.address() as AddressInfo;
  const proposals = [takenPort, takenPort];
  const choosePort = async (host: string) => proposals.pop() ?? freePort(host);
  const { host, port } = await start({ choosePort });
  taken.close();
  expect(proposals).toEqual([]);
  expect(port).not.toBe(takenPort);
  expect(await isFree(port, host)).toBe(false);
});

test('stop ends it', async () => {
  const { engine, host, port } = await start();
  await engine.stop();
  expect(await isFree(port, host)).toBe(true);
});

test('an end without being told to is told, with the signal', async () => {
  const { engine, port } = await start();
  const pid = Number(describePortHolder(port)?.match(/^process (\d+) \(.*dynoxide/)?.[1]);
  process.kill(pid, 'SIGKILL');
  expect(await engine.ended).toBe('It was ended by SIGKILL.');
});

test('an endpoint of somebody else is used as it is and outlives us', async () => {
  const { engine: theirs, host, port } = await start();
  const { engine: ours } = await start({ endpoint: theirs.endpoint });
  expect(ours.endpoint).toBe(theirs.endpoint);
  await ours.stop();
  expect(await isFree(port, host)).toBe(false);
});

describe('what goes wrong is told in words', () => {
  test('ports that are taken one after another', async () => {
    const taken = createServer().listen(0, '0.0.0.0');
    await once(taken, 'listening');
    const choosePort = async () => (taken.address() as AddressInfo).port;
    await expect(start({ choosePort })).rejects.toThrow('already in use');
    taken.close();
  });

  test('a file that can’t be opened', async () => {
    await expect(start({ file: '/nonexistent/memopad.db' })).rejects.toThrow(
      /The DynamoDB engine ended while starting at .*unable to open database file/s,
    );
  });
});

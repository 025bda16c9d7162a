import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Engine, type EngineOptions, startEngine } from '#local/engine.ts';
import { describePortHolder } from '#local/portHolder.ts';
import { isFree } from '#local/ports.ts';
import { StartError } from '#local/startError.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
const engines: Engine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
});

async function start(options: EngineOptions = {}): Promise<{ engine: Engine; port: number }> {
  const engine = await startEngine(options);
  engines.push(engine);
  return { engine, port: Number(new URL(engine.endpoint).port) };
}

test('keeps its data in the file given, for our eyes only', async () => {
  const file = join(makeFolder(), 'memopad.db');
  await start({ file });
  expect(readFileSync(file).subarray(0, 6).toString()).toBe('SQLite');
});

test('stop ends it', async () => {
  const { engine, port } = await start();
  await engine.stop();
  expect(await isFree(port)).toBe(true);
});

test('an end without being told to is told', async () => {
  const { engine, port } = await start();
  const pid = Number(describePortHolder(port)?.match(/^process (\d+) \(.*dynoxide/)?.[1]);
  process.kill(pid, 'SIGKILL');
  expect(await engine.ended).toMatch(/./);
});

test('an endpoint of somebody else is used as it is and outlives us', async () => {
  const { engine: theirs, port } = await start();
  const { engine: ours } = await start({ endpoint: theirs.endpoint });
  expect(ours.endpoint).toBe(theirs.endpoint);
  await ours.stop();
  expect(await isFree(port)).toBe(false);
});

describe('what goes wrong is told in words', () => {
  test('a taken port', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(
      new StartError(`Expected port ${port} to be free for the DynamoDB engine.`),
    );
  });

  test('a file that can’t be opened', async () => {
    await expect(start({ file: '/nonexistent/memopad.db' })).rejects.toThrow(
      /The DynamoDB engine ended while starting at .*unable to open database file/s,
    );
  });
});

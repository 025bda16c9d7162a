import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { LockedError, lockHolder, takeLock } from '#local/folder/lock.ts';
import { processStart } from '#local/folder/processStart.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
const processes: ChildProcess[] = [];
afterEach(() => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
});

const makeLockName = () => join(makeFolder(), 'some.lock');

test('one at a time: the second is told who has it', () => {
  const file = makeLockName();
  takeLock(file);
  expect(() => takeLock(file)).toThrow(new LockedError(process.pid));
  expect(lockHolder(file)).toBe(process.pid);
});

test('given back, it can be taken again, and nothing is left lying around', () => {
  const file = makeLockName();
  takeLock(file)();
  expect(lockHolder(file)).toBeUndefined();
  takeLock(file)();
  expect(readdirSync(join(file, '..'))).toEqual([]);
});

test('a process that was killed has lost it', async () => {
  const file = makeLockName();
  const child = spawn('sleep', ['60']);
  writeLock(file, { pid: child.pid, start: processStart(child.pid ?? 0) });
  expect(() => takeLock(file)).toThrow(LockedError);
  child.kill('SIGKILL');
  await once(child, 'exit');
  takeLock(file);
  expect(lockHolder(file)).toBe(process.pid);
});

test('a process that only has the id of the one that was killed does not have the lock', () => {
  const file = makeLockName();
  writeLock(file, { pid: process.pid, start: 'another start' });
  takeLock(file);
  expect(JSON.parse(readFileSync(file, 'utf8')).start).toBe(processStart(process.pid));
});

test.each(['', '{', 'null', '{"pid":"1"}', '{"pid":0.5}'])(
  'a broken lock is nobody’s: %j',
  (text) => {
    const file = makeLockName();
    writeFileSync(file, text);
    takeLock(file);
    expect(lockHolder(file)).toBe(process.pid);
  },
);

test('a late giving back leaves the lock of the next one', () => {
  const file = makeLockName();
  const giveBack = takeLock(file);
  writeLock(file, { pid: 1, start: null });
  giveBack();
  expect(existsSync(file)).toBe(true);
});

test('of many that find the lock of a dead process only one takes it', async () => {
  const file = makeLockName();
  writeLock(file, { pid: process.pid, start: 'another start' });
  const program = bundleContender(file);
  const results = await Promise.all(Array.from({ length: 6 }, () => contend(program)));
  expect(results.sort()).toEqual([...Array(5).fill('LockedError'), 'taken']);
}, 30_000);

function writeLock(file: string, holder: object): void {
  writeFileSync(file, JSON.stringify(holder));
}

/** A program that tries to take the lock, says what came of it, and stays. */
function bundleContender(file: string): string {
  const outfile = join(makeFolder(), 'contender.mjs');
  const contents = `
    import { takeLock } from './local/folder/lock.ts';
    try { takeLock(${JSON.stringify(file)}); console.log('taken'); }
    catch (error) { console.log(error.constructor.name); }
    setInterval(() => {}, 60_000);`;
  buildSync({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  return outfile;
}

async function contend(program: string): Promise<string> {
  const child = spawn(process.execPath, [program]);
  processes.push(child);
  const [answer] = await once(child.stdout.setEncoding('utf8'), 'data');
  return String(answer).trim();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { useFolders } from '#tests/support/folder.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { type MappingLab, useMappings } from './useMappings.ts';

const startLab = useMappings();
const makeFolder = useFolders();

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const SUCCEED = 'export const handler = async () => {};';
const KEYS = Array.from({ length: 30 }, (_, index) => String(index).padStart(2, '0'));

test('a killed mapping delivers every record at least once, in order, and not all of them again', async () => {
  const folder = makeFolder();
  const maker = await startLab({ code: SUCCEED });
  await maker.stop();
  for (const SK of KEYS) await maker.put({ PK: 'pad', SK });
  const { child, printed } = startProcess(maker, folder);
  // A checkpoint has been written and passed.
  await waitFor('a checkpoint', () => existsSync(join(folder, 'Test-Mapping.json')));
  const atCheckpoint = printed().length;
  await waitFor('some more records', () => printed().length >= Math.max(10, atCheckpoint + 2));
  child.kill('SIGKILL');
  await once(child, 'close');
  const delivered = printed();
  expect(delivered).toEqual(KEYS.slice(0, delivered.length));
  const next = await startLab({ code: SUCCEED, folder, tableName: maker.tableName });
  await waitFor('the rest', () => next.delivered().includes('29'));
  const first = KEYS.indexOf(next.delivered()[0] ?? '');
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(delivered.length);
  expect(next.delivered()).toEqual(KEYS.slice(first));
});

function startProcess({ endpoint, tableName }: MappingLab, folder: string) {
  const script = join(import.meta.dirname, 'mappingProcess.ts');
  const args = ['--import', 'tsx', script, endpoint, tableName, folder];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  return { child, printed: () => output.split('\n').filter((line) => line !== '') };
}

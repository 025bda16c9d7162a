import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, test } from '@jest/globals';
import type { Endpoints } from '#local/folder/endpoints.ts';
import { openSession } from '#scripts/transfer/api.ts';
import { useFolders } from '#tests/support/folder.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { usePrograms } from './program.ts';

const TAKES_AT_MOST_MS = 90_000;
const TOLD_WITHIN_MS = 45_000;

const makeFolder = useFolders();
const startProgram = usePrograms();
const watchers: ChildProcess[] = [];
afterEach(() => {
  for (const child of watchers.splice(0)) child.kill('SIGKILL');
});

/** Runs what `npm run watch` runs, and gives what it has printed so far. */
function startWatching(dataDir: string): () => string {
  const args = ['--import', 'tsx', 'scripts/watch.ts', '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  watchers.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return () => output;
}

async function createMemo({ federated, demo }: Endpoints, title: string): Promise<void> {
  if (!demo) throw new Error('Expected a demo account.');
  const { api } = await openSession(federated, demo);
  await api('mutation ($title: String!) { createMemo(input: { title: $title }) { id } }', {
    title,
  });
}

test(
  'npm run watch prints every change once, over a kill -9 of the whole cloud and its next start',
  async () => {
    const dataDir = await makeFolder();
    const first = startProgram(dataDir, '--port', '0');
    const before = await first.ready();
    const output = startWatching(dataDir);
    await waitFor('the first cursor', () => output().includes('cursor'), TOLD_WITHIN_MS);
    await createMemo(before, '하나');
    await waitFor('the first memo', () => output().includes('“하나”'), TOLD_WITHIN_MS);
    first.child.kill('SIGKILL');
    await waitFor('the loss', () => output().includes('connection lost'), TOLD_WITHIN_MS);
    const after = await startProgram(dataDir, '--port', '0').ready();
    await createMemo(after, '둘');
    await waitFor('the second memo', () => output().includes('“둘”'), TOLD_WITHIN_MS);
    const told = output()
      .split('\n')
      .flatMap((line) => /“(.*)”/.exec(line)?.[1] ?? []);
    expect(told).toEqual(['하나', '둘']);
  },
  TAKES_AT_MOST_MS,
);

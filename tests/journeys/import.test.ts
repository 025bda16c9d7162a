import { execFile } from 'node:child_process';
import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { connect } from '#scripts/transfer/api.ts';
import { listMemos, readViewerId } from '#scripts/transfer/operations.ts';
import { useFolders } from '#tests/support/folder.ts';
import { usePrograms } from './program.ts';

const TAKES_AT_MOST_MS = 180_000;
/** Longer ones are refused, as they should be. */
const MAX_BYTES = 90_000;

const makeFolder = useFolders();
const startProgram = usePrograms();

/** Copies real Markdown files, those of our dependencies, into a folder as it would be on a person's disk. */
function collectFiles(count: number): string {
  const folder = makeFolder();
  const isFit = (path: string) =>
    /\.md$/i.test(path) &&
    !/(^|\/)\./.test(path) &&
    statSync(join('node_modules', path)).size < MAX_BYTES;
  const paths = readdirSync('node_modules', { recursive: true, encoding: 'utf8' }).filter(isFit);
  for (const path of paths.sort().slice(0, count)) {
    cpSync(join('node_modules', path), join(folder, path));
  }
  return folder;
}

/** `npm run import`, as a person runs it. @returns what it prints */
async function runImport(folder: string, dataDir: string): Promise<string> {
  const args = ['node_modules/tsx/dist/cli.mjs', 'scripts/import.ts', folder];
  const { stdout } = await promisify(execFile)(process.execPath, [...args, '--data-dir', dataDir]);
  return stdout;
}

test.each([
  { form: 'as the templates say', flags: [], count: 500 },
  { form: 'in one process', flags: ['--one-process'], count: 50 },
])(
  '$form: a folder of $count files becomes memos once',
  async ({ flags, count }) => {
    const dataDir = join(makeFolder(), 'data');
    const { ready } = startProgram(dataDir, '--port', '0', '--seed', ...flags);
    const { federated, demo } = await ready();
    const api = await connect(federated, demo!);
    const padId = await readViewerId(api);
    const before = await listMemos(api, padId);
    const folder = collectFiles(count);
    expect(await runImport(folder, dataDir)).toContain(`created: ${count}`);
    expect(await listMemos(api, padId)).toHaveLength(before.length + count);
    expect(await runImport(folder, dataDir)).toContain(`unchanged: ${count}`);
  },
  TAKES_AT_MOST_MS,
);

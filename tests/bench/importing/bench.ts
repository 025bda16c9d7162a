import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchOptions, Findings } from '#tests/bench/harness/findings.ts';
import { startProcess } from '#tests/bench/harness/processes.ts';
import { alternate, medians } from '#tests/bench/harness/rounds.ts';
import { memoText } from '#tests/bench/service/client.ts';
import { startMemopad, withFolder } from '#tests/bench/service/memopad.ts';
import type { ImportResult, ImportTask } from './importProcess.ts';

const FILES = 1_000;
const QUICK_FILES = 100;

interface Sample {
  readonly filesPerSecond: number;
  readonly cpuMicrosPerFile: number;
}

const FIRST = 'first run: every file becomes a memo';
const AGAIN = 'second run: nothing has changed';

export const importBench: Bench = {
  name: 'import',
  title: 'Import',
  about: `${FILES} Markdown files of 2 KB through the API by \`npm run import\`, 8 at a time, into a Memopad as \`npm start\` runs it, on disk. Nothing is kept on a core.`,
  run,
};

/** Each first run starts a Memopad of its own, which the second run after it goes on with. */
async function run({ rounds, repeats, quick, tell }: BenchOptions): Promise<Findings> {
  const files = quick ? QUICK_FILES : FILES;
  return withFolder(async (parent) => {
    const folder = writeFiles(join(parent, 'files'), files);
    let starts = 0;
    const { samples, noise } = await alternate<Sample>({
      contenders: [FIRST, AGAIN],
      rounds,
      repeats,
      tell,
      measure: (name) => {
        if (name === FIRST) starts += 1;
        const outcome = name === FIRST ? 'created' : 'unchanged';
        return measureImport(join(parent, String(starts)), { folder, files, outcome });
      },
    });
    const rows = [...samples].map(([name, runs]) => {
      const { filesPerSecond, cpuMicrosPerFile } = medians(runs);
      return [name, filesPerSecond, cpuMicrosPerFile];
    });
    const columns = ['import', 'files/s', 'Memopad CPU µs/file'];
    return { tables: [{ title: `${files} files`, columns, rows }], goals: [], noise };
  });
}

interface Expected {
  readonly folder: string;
  readonly files: number;
  readonly outcome: 'created' | 'unchanged';
}

async function measureImport(
  dataDir: string,
  { folder, files, outcome }: Expected,
): Promise<Sample> {
  const memopad = await startMemopad({ dataDir });
  const file = new URL('./importProcess.ts', import.meta.url).pathname;
  const importer = await startProcess({ file });
  try {
    const before = memopad.usage();
    const task: ImportTask = { url: memopad.federated, demo: memopad.demo, folder };
    const { counts, failures, elapsedMs } = await importer.run<ImportResult>(task, 300_000);
    if (counts[outcome] !== files) {
      const got = JSON.stringify({ counts, failures: failures.slice(0, 3) });
      throw new Error(`Expected ${files} files to be ${outcome}, got ${got}`);
    }
    return {
      filesPerSecond: (files * 1000) / elapsedMs,
      cpuMicrosPerFile: (memopad.usage().cpuMicros - before.cpuMicros) / files,
    };
  } finally {
    await importer.stop();
    await memopad.stop();
  }
}

function writeFiles(folder: string, count: number): string {
  mkdirSync(folder);
  for (let number = 0; number < count; number += 1) {
    writeFileSync(join(folder, `memo-${String(number).padStart(4, '0')}.md`), memoText(number));
  }
  return folder;
}

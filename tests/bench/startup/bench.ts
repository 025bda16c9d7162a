import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Bench, BenchOptions, Findings } from '#tests/bench/harness/findings.ts';
import { alternate, medians } from '#tests/bench/harness/rounds.ts';
import { startMemopad, withFolder } from '#tests/bench/service/memopad.ts';

interface Sample {
  readonly readyAfterMs: number;
  readonly cpuMs: number;
  readonly rssMegabytes: number;
}

const COLD = 'first start: empty data folder, demo account to be written';
const WARM = 'second start: tables and demo account are there';

export const startUpBench: Bench = {
  name: 'startup',
  title: 'Start-up',
  about:
    'From the start of the process to the first healthy answer of `GET /health`: engine, tables, demo account, both services, the gateway with its first plan. Without the time npm itself takes, and with the bundles in dist/ built before; CPU and memory are those of Memopad’s process without the engine.',
  run,
};

/** Each cold start makes the folders that the warm start after it finds. */
async function run({ rounds, repeats, tell }: BenchOptions): Promise<Findings> {
  execFileSync(process.execPath, ['scripts/build.js']);
  return withFolder(async (parent) => {
    let starts = 0;
    const { samples, noise } = await alternate<Sample>({
      contenders: [COLD, WARM],
      rounds,
      repeats,
      tell,
      measure: (name) => {
        if (name === COLD) starts += 1;
        return measureStart(join(parent, String(starts)));
      },
    });
    const rows = [...samples].map(([name, runs]) => {
      const { readyAfterMs, cpuMs, rssMegabytes } = medians(runs);
      return [name, readyAfterMs, cpuMs, rssMegabytes];
    });
    const columns = ['start', 'ready after ms', 'CPU ms', 'RSS MB'];
    return { tables: [{ title: '`npm start`', columns, rows }], goals: [], noise };
  });
}

async function measureStart(folder: string): Promise<Sample> {
  const memopad = await startMemopad({ dataDir: join(folder, 'data') });
  const { cpuMicros, rssBytes } = memopad.usage();
  await memopad.stop();
  return {
    readyAfterMs: memopad.readyAfterMs,
    cpuMs: cpuMicros / 1000,
    rssMegabytes: rssBytes / 2 ** 20,
  };
}

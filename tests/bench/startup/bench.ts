import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Bench, BenchOptions, Findings, Table } from '#tests/bench/harness/findings.ts';
import { alternate, joinNoise, medians, type Rounds } from '#tests/bench/harness/rounds.ts';
import { startMemopad, withFolder } from '#tests/bench/service/memopad.ts';

interface Sample {
  readonly readyAfterMs: number;
  readonly cpuMs: number;
  readonly rssMegabytes: number;
}

const COLD = 'first start: empty data folder, demo account to be written';
const WARM = 'second start: tables and demo account are there';
const FORMS = { templates: '`npm start`', 'one-process': '`npm start -- --one-process`' } as const;

type FormName = keyof typeof FORMS;

export const startUpBench: Bench = {
  name: 'startup',
  title: 'Start-up',
  about:
    'From the start of the process to the first healthy answer of `GET /health`: engine, tables, demo account, both services, the gateway with its first plan. Without the time npm itself takes, and with the bundles in dist/ built before; CPU and memory are those of Memopad’s process without the engine.',
  run,
};

async function run(options: BenchOptions): Promise<Findings> {
  execFileSync(process.execPath, ['scripts/build.js']);
  const templates = await measureForm('templates', options);
  const oneProcess = await measureForm('one-process', options);
  return {
    tables: [toTable('templates', templates), toTable('one-process', oneProcess)],
    goals: [],
    noise: joinNoise(templates.noise, oneProcess.noise),
  };
}

/** Each cold start makes the folders that the warm start after it finds. */
function measureForm(form: FormName, { rounds, repeats, tell }: BenchOptions) {
  return withFolder((parent) => {
    let starts = 0;
    return alternate<Sample>({
      contenders: [COLD, WARM],
      rounds,
      repeats,
      tell: (text) => tell(`${form}, ${text}`),
      measure: (name) => {
        if (name === COLD) starts += 1;
        return measureStart(form, join(parent, String(starts)));
      },
    });
  });
}

function toTable(form: FormName, { samples }: Rounds<Sample>): Table {
  const rows = [...samples].map(([name, runs]) => {
    const { readyAfterMs, cpuMs, rssMegabytes } = medians(runs);
    return [name, readyAfterMs, cpuMs, rssMegabytes];
  });
  const columns = ['start', 'ready after ms', 'CPU ms', 'RSS MB'];
  return { title: FORMS[form], columns, rows };
}

async function measureStart(form: FormName, folder: string): Promise<Sample> {
  const memopad = await startMemopad({ form, dataDir: join(folder, 'data') });
  const { cpuMicros, rssBytes } = memopad.usage();
  await memopad.stop();
  return {
    readyAfterMs: memopad.readyAfterMs,
    cpuMs: cpuMicros / 1000,
    rssMegabytes: rssBytes / 2 ** 20,
  };
}

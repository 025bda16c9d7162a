import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchOptions, Findings, Goal } from '#tests/bench/harness/findings.ts';
import { startProcess } from '#tests/bench/harness/processes.ts';
import { alternate, medians } from '#tests/bench/harness/rounds.ts';
import {
  APOLLO_SUBGRAPH,
  type Aws,
  CONTENDERS,
  GATEWAY,
  MEMO_SUBGRAPH,
  PLAIN_GATEWAY,
} from './contenders.ts';
import { type Bundle, makeBundles } from './makeBundles.ts';
import { type ColdStart, startCold } from './startCold.ts';

/** One start is much like the next, but not quite. */
const STARTS_A_ROUND = 7;
const GATEWAY_GZIP_KB = 330;

export const coldStartBench: Bench = {
  name: 'coldstart',
  title: 'Cold start',
  about: `From the start of a process to its first answer: a signed-in client's query of one memo, with a token that is checked against published keys. Lambda, DynamoDB and the keys are canned answers of a process on core 1; the function runs alone on core 0, on this machine's Node instead of Lambda's. Each round is the median of ${STARTS_A_ROUND} starts.`,
  run,
};

async function run(options: BenchOptions): Promise<Findings> {
  const { rounds, repeats, quick, tell } = options;
  const folder = mkdtempSync(join(tmpdir(), 'memopad-coldstart-'));
  const file = new URL('./cannedAws.ts', import.meta.url).pathname;
  const aws = await startProcess<Aws>({ file, core: 1 });
  try {
    const bundles = await makeBundles(CONTENDERS, folder);
    const { samples, noise } = await alternate<ColdStart>({
      contenders: CONTENDERS.map(({ name }) => name),
      rounds,
      repeats,
      tell,
      measure: async (name) => measure(name, bundles, aws.details, quick ? 1 : STARTS_A_ROUND),
    });
    const found = new Map([...samples].map(([name, runs]) => [name, medians(runs)]));
    const rows = [...found].map(([name, { importedMs, answeredMs, cpuMs }]) => {
      const { rawKb = 0, gzipKb = 0 } = bundles.get(name) ?? {};
      return [name, answeredMs, importedMs, cpuMs, rawKb, gzipKb];
    });
    const columns = ['function', 'first answer ms', 'imported ms', 'CPU ms', 'KB', 'KB gzip'];
    const tables = [{ title: 'From process start to the first answer', columns, rows }];
    return { tables, goals: toGoals(found, bundles), noise };
  } finally {
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(
  name: string,
  bundles: ReadonlyMap<string, Bundle>,
  aws: Aws,
  starts: number,
): ColdStart {
  const contender = CONTENDERS.find((one) => one.name === name);
  const bundle = bundles.get(name);
  if (!contender || !bundle) throw new Error(`Nobody is called "${name}".`);
  const all = Array.from({ length: starts }, () => startCold(contender, bundle.url, aws));
  const { importedMs, answeredMs, cpuMs } = medians(all);
  return { importedMs, answeredMs, cpuMs };
}

function toGoals(
  found: ReadonlyMap<string, ColdStart>,
  bundles: ReadonlyMap<string, Bundle>,
): Goal[] {
  const ratio = (one: string, other: string): number =>
    (found.get(one)?.answeredMs ?? Number.NaN) / (found.get(other)?.answeredMs ?? Number.NaN);
  return [
    {
      id: 'P7',
      what: 'gateway, first answer against a plain bundle of the same packages',
      atMost: 0.57,
      unit: '×',
      measured: ratio(GATEWAY.name, PLAIN_GATEWAY.name),
    },
    {
      id: 'P7',
      what: 'gateway, compressed',
      atMost: GATEWAY_GZIP_KB,
      unit: ' KB',
      measured: bundles.get(GATEWAY.name)?.gzipKb ?? Number.NaN,
    },
    {
      id: 'P8',
      what: 'memo subgraph, first answer against Apollo Server + subgraph + SDK',
      atMost: 0.5,
      unit: '×',
      measured: ratio(MEMO_SUBGRAPH.name, APOLLO_SUBGRAPH.name),
    },
  ];
}

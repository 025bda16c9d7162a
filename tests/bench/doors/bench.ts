import type { Bench, BenchOptions, Findings } from '#tests/bench/harness/findings.ts';
import { type LoadGenerator, startLoad } from '#tests/bench/harness/load.ts';
import { startProcess } from '#tests/bench/harness/processes.ts';
import { alternate, medians } from '#tests/bench/harness/rounds.ts';
import { type Memopad, startMemopad, withFolder } from '#tests/bench/service/memopad.ts';
import type { Units } from '#tests/parity/meteredEngine.ts';
import { type DoorKind, fill, measureUnits, OPERATIONS, targetOf } from './operations.ts';

const CONNECTIONS = 20;
const KINDS: readonly DoorKind[] = ['federated', 'appsync'];
const ROWS = OPERATIONS.flatMap(({ name }) => KINDS.map((kind) => ({ name, kind })));

interface Sample {
  readonly requestsPerSecond: number;
  readonly cpuMicrosPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export const doorsBench: Bench = {
  name: 'doors',
  title: 'Both doors',
  about:
    'The templates as `npm start` runs them, on core 0, with an engine in memory and the load on core 1; 500 memos of 2 KB in one personal pad, 20 connections. What a laptop tells of the AppSync door is how much its runtime here takes, not AWS: there, no machine of ours runs between a client and a table. Units are what DynamoDB says the request itself consumed, without the change log behind it.',
  run,
};

async function run(options: BenchOptions): Promise<Findings> {
  options.tell('units');
  const units = await measureUnits();
  const file = new URL('../service/engineProcess.ts', import.meta.url).pathname;
  const engine = await startProcess<{ endpoint: string }>({ file, core: 1 });
  const load = await startLoad(1);
  try {
    return await withFolder(async (dataDir) => {
      const { endpoint } = engine.details;
      const memopad = await startMemopad({ dataDir, core: 0, engine: endpoint, form: 'templates' });
      try {
        const ids = await fill(memopad, options.quick ? 50 : 500);
        return await measureAll({ memopad, ids, load, options }, units);
      } finally {
        await memopad.stop();
      }
    });
  } finally {
    await Promise.all([engine.stop(), load.stop()]);
  }
}

interface Stage {
  readonly memopad: Memopad;
  readonly ids: readonly string[];
  readonly load: LoadGenerator;
  readonly options: BenchOptions;
}

async function measureAll(stage: Stage, units: ReadonlyMap<string, Units>): Promise<Findings> {
  const { rounds, repeats, tell } = stage.options;
  const nameOf = ({ name, kind }: (typeof ROWS)[number]) => `${name}, ${kind}`;
  const { samples, noise } = await alternate<Sample>({
    contenders: ROWS.map(nameOf),
    rounds,
    repeats,
    tell,
    measure: (row) => measureRow(stage, row),
  });
  const rows = ROWS.map((row) => {
    const { requestsPerSecond, cpuMicrosPerRequest, p50Ms, p99Ms } = medians(
      samples.get(nameOf(row)) ?? [],
    );
    const { read = Number.NaN, write = Number.NaN } = units.get(nameOf(row)) ?? {};
    return [
      nameOf(row),
      requestsPerSecond,
      cpuMicrosPerRequest,
      p50Ms,
      p99Ms,
      `${read}`,
      `${write}`,
    ];
  });
  const columns = [
    ...['what', 'requests/s', 'Memopad CPU µs/request', 'p50 ms', 'p99 ms'],
    ...['read units', 'write units'],
  ];
  return { tables: [{ title: 'Operations', columns, rows }], goals: [], noise };
}

async function measureRow({ memopad, ids, load, options }: Stage, row: string): Promise<Sample> {
  const { name, kind } = ROWS.find((one) => `${one.name}, ${one.kind}` === row) ?? {};
  const operation = OPERATIONS.find((one) => one.name === name);
  if (!operation || !kind) throw new Error(`Expected a row of the bench, got ${row}.`);
  const { url, headers } = await targetOf(kind, memopad);
  const task = { url, headers, bodies: operation.bodies(ids), connections: CONNECTIONS };
  await load.fire({ ...task, seconds: options.quick ? 1 : 3 });
  const before = memopad.usage();
  const totals = await load.fire({ ...task, seconds: options.seconds });
  const cpuMicros = memopad.usage().cpuMicros - before.cpuMicros;
  if (totals.failures > 0) throw new Error(`${row}: ${totals.failures} replies were not right.`);
  return {
    requestsPerSecond: totals.requests / totals.seconds,
    cpuMicrosPerRequest: cpuMicros / totals.requests,
    p50Ms: totals.p50Ms,
    p99Ms: totals.p99Ms,
  };
}

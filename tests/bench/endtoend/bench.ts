import type { Bench, BenchOptions, Findings, Goal } from '#tests/bench/harness/findings.ts';
import { type LoadGenerator, type LoadTask, startLoad } from '#tests/bench/harness/load.ts';
import { startProcess } from '#tests/bench/harness/processes.ts';
import { alternate, medians, type Rounds } from '#tests/bench/harness/rounds.ts';
import { type Memopad, startMemopad, withFolder } from '#tests/bench/service/memopad.ts';
import { type Filled, fillMemopad, type OperationName } from './operations.ts';

const CONNECTIONS = 50;

interface Sample {
  readonly requestsPerSecond: number;
  readonly cpuMicrosPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A row: an operation through Memopad, or the engine asked the same directly. */
const ROWS: Readonly<Record<string, readonly [OperationName, 'memopad' | 'engine']>> = {
  'list of 20 through Memopad': ['list', 'memopad'],
  'list of 20, the engine alone': ['list', 'engine'],
  'get one through Memopad': ['get', 'memopad'],
  'get one, the engine alone': ['get', 'engine'],
};

/** A third of the processor's time goes into the SDK: signing, and reading items attribute by attribute. */
const CLIENT = 'waits for a thin client of DynamoDB in place of the SDK’s';

export const endToEndBench: Bench = {
  name: 'endtoend',
  title: 'End to end',
  about:
    'Memopad as `npm start -- --one-process` runs it, on core 0, and its engine, in memory, on core 1; 1,000 memos of 2 KB in one personal pad, 50 connections. The engine alone is asked by the very requests Memopad sends it, with its load on core 0. For a list the load shares core 0 with Memopad, because the engine needs all of core 1; for single memos it shares core 1 with the engine.',
  run,
};

async function run(options: BenchOptions): Promise<Findings> {
  const file = new URL('../service/engineProcess.ts', import.meta.url).pathname;
  const engine = await startProcess<{ endpoint: string }>({ file, core: 1 });
  const loads = [await startLoad(0), await startLoad(1)] as const;
  try {
    return await withFolder(async (dataDir) => {
      const { endpoint } = engine.details;
      const filled = await fillMemopad(endpoint, dataDir, options.quick ? 100 : 1000);
      const memopad = await startMemopad({ dataDir, core: 0, engine: endpoint });
      try {
        return toFindings(await measureAll({ memopad, endpoint, filled, loads, options }));
      } finally {
        await memopad.stop();
      }
    });
  } finally {
    await Promise.all([engine.stop(), ...loads.map((load) => load.stop())]);
  }
}

interface Stage {
  readonly memopad: Memopad;
  /** Where the engine answers. */
  readonly endpoint: string;
  readonly filled: Filled;
  /** Load generators by the core they run on. */
  readonly loads: readonly [LoadGenerator, LoadGenerator];
  readonly options: BenchOptions;
}

function measureAll(stage: Stage): Promise<Rounds<Sample>> {
  const { rounds, repeats, tell } = stage.options;
  return alternate({
    contenders: Object.keys(ROWS),
    rounds,
    repeats,
    tell,
    measure: (row) => measureRow(stage, row),
  });
}

async function measureRow(stage: Stage, row: string): Promise<Sample> {
  const { memopad, endpoint, filled, loads, options } = stage;
  const [name, where] = ROWS[row] as NonNullable<(typeof ROWS)[string]>;
  const operation = filled[name];
  const through = where === 'memopad';
  const load = loads[through && name === 'get' ? 1 : 0];
  const target = through
    ? { url: memopad.federated, headers: await filled.headers(memopad) }
    : { url: endpoint, headers: operation.engineHeaders };
  const bodies = through ? operation.bodies : operation.engineBodies;
  const task: Omit<LoadTask, 'seconds'> = { ...target, bodies, connections: CONNECTIONS };
  await load.fire({ ...task, seconds: options.quick ? 1 : 3 });
  const before = memopad.usage();
  const totals = await load.fire({ ...task, seconds: options.seconds });
  const cpuMicros = memopad.usage().cpuMicros - before.cpuMicros;
  if (totals.failures > 0) throw new Error(`${row}: ${totals.failures} replies were not right.`);
  return {
    requestsPerSecond: totals.requests / totals.seconds,
    cpuMicrosPerRequest: through ? cpuMicros / totals.requests : Number.NaN,
    p50Ms: totals.p50Ms,
    p99Ms: totals.p99Ms,
  };
}

function toFindings({ samples, noise }: Rounds<Sample>): Findings {
  const results = new Map([...samples].map(([row, runs]) => [row, medians(runs)]));
  const rows = [...results].map(([row, sample]) => {
    const { requestsPerSecond, cpuMicrosPerRequest, p50Ms, p99Ms } = sample;
    const cpu = Number.isNaN(cpuMicrosPerRequest) ? '' : cpuMicrosPerRequest;
    return [row, requestsPerSecond, cpu, p50Ms, p99Ms];
  });
  const columns = ['what', 'requests/s', 'Memopad CPU µs/request', 'p50 ms', 'p99 ms'];
  const rate = (row: string) => results.get(row)?.requestsPerSecond ?? Number.NaN;
  const goal = (what: string, atLeast: number): Goal => ({
    id: 'P5',
    what: `${what}, against the engine's own rate`,
    atLeast,
    unit: '×',
    measured: rate(`${what} through Memopad`) / rate(`${what}, the engine alone`),
  });
  const goals = [goal('list of 20', 0.85), goal('get one', 0.2)].map((one) => ({
    ...one,
    later: CLIENT,
  }));
  return { tables: [{ title: 'Reads', columns, rows }], goals, noise };
}

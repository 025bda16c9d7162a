import type { Bench, BenchOptions, Findings, Goal, Table } from '#tests/bench/harness/findings.ts';
import { type LoadGenerator, startLoad } from '#tests/bench/harness/load.ts';
import { startProcess } from '#tests/bench/harness/processes.ts';
import { alternate, joinNoise, medians, type Rounds } from '#tests/bench/harness/rounds.ts';
import { type GatewaySample, measureSetup } from './measure.ts';
import { H, V, type Workload } from './queries.ts';

/** Each set-up's program by the name of its row. */
const SETUPS = {
  'Memopad, subgraphs over HTTP': 'memopadHttp.ts',
  '@apollo/gateway, default, subgraphs over HTTP': 'defaultGateway.ts',
  'Memopad, subgraphs by Lambda Invoke': 'memopadLambda.ts',
  'Memopad, subgraphs in-process': 'memopadLocal.ts',
  '@apollo/gateway, LocalGraphQLDataSource': 'defaultLocal.ts',
  'one Apollo Server, no federation': 'apolloServer.ts',
  'bare graphql-js': 'graphqlJs.ts',
} as const;

/** What goals wait for that aren't due yet. */
const WAITS = {
  forJson: 'waits for a way not to decode, parse and write 140 KB of JSON on the way',
  forSubgraphs: 'waits for subgraphs that are compiled, too: graphql-js takes most of what is left',
} as const;

type SetupName = keyof typeof SETUPS;

interface Subgraphs {
  readonly auth: string;
  readonly memo: string;
}

export const gatewayBench: Bench = {
  name: 'gateway',
  title: 'Gateway',
  about:
    'One query against the real supergraph, 50 connections. The set-up runs alone on core 0 in a fresh process; load and canned HTTP subgraphs, the same for both gateways, on core 1; by Lambda Invoke each request to them is signed and they answer in Lambda’s place. Memopad runs with everything production has: a signed token checked, limits, request ids, a log line a request. In-process subgraphs and the last two rows execute GraphQL over data in memory.',
  run,
};

async function run(options: BenchOptions): Promise<Findings> {
  const load = await startLoad(1);
  const file = new URL('./cannedSubgraphs.ts', import.meta.url).pathname;
  const canned = await startProcess<Subgraphs>({ file, core: 1 });
  try {
    const onV = await measureAll(V, load, canned.details, options);
    const onH = await measureAll(H, load, canned.details, options);
    return {
      tables: [toTable(V, onV), toTable(H, onH)],
      goals: toGoals(onV, onH),
      noise: joinNoise(onV.noise, onH.noise),
    };
  } finally {
    await Promise.all([load.stop(), canned.stop()]);
  }
}

function measureAll(
  workload: Workload,
  load: LoadGenerator,
  subgraphs: Subgraphs,
  { rounds, repeats, seconds, quick, tell }: BenchOptions,
): Promise<Rounds<GatewaySample>> {
  return alternate({
    contenders: Object.keys(SETUPS),
    rounds,
    repeats,
    tell: (line) => tell(`${workload.name}, ${line}`),
    measure: (name) =>
      measureSetup({
        file: SETUPS[name as SetupName],
        subgraphs,
        workload,
        load,
        seconds,
        warmUpSeconds: quick ? 1 : 4,
      }),
  });
}

function toTable(workload: Workload, { samples }: Rounds<GatewaySample>): Table {
  const rows = [...samples].map(([name, runs]) => {
    const { requestsPerSecond, cpuMicrosPerRequest, p50Ms, p99Ms, rssMegabytes } = medians(runs);
    return [name, requestsPerSecond, cpuMicrosPerRequest, p50Ms, p99Ms, rssMegabytes];
  });
  const columns = ['set-up', 'requests/s', 'CPU µs/request', 'p50 ms', 'p99 ms', 'RSS MB'];
  return { title: `${workload.name}: ${workload.title}`, columns, rows };
}

function toGoals(onV: Rounds<GatewaySample>, onH: Rounds<GatewaySample>): Goal[] {
  const http: SetupName = 'Memopad, subgraphs over HTTP';
  const local: SetupName = 'Memopad, subgraphs in-process';
  const gateway: SetupName = '@apollo/gateway, default, subgraphs over HTTP';
  const server: SetupName = 'one Apollo Server, no federation';
  return [
    {
      id: 'P1',
      what: 'V, requests/s against default @apollo/gateway',
      atLeast: 5,
      unit: '×',
      measured: ratio(onV, http, gateway),
    },
    {
      id: 'P3',
      what: 'H, requests/s against default @apollo/gateway',
      atLeast: 3.5,
      unit: '×',
      measured: ratio(onH, http, gateway),
      later: WAITS.forJson,
    },
    {
      id: 'P3',
      what: 'H, requests/s against one Apollo Server',
      atLeast: 1.4,
      unit: '×',
      measured: ratio(onH, http, server),
      later: WAITS.forJson,
    },
    {
      id: 'P4',
      what: 'V in-process, requests/s against one Apollo Server',
      atLeast: 1.3,
      unit: '×',
      measured: ratio(onV, local, server),
      later: WAITS.forSubgraphs,
    },
    {
      id: 'P4',
      what: 'H in-process, requests/s against one Apollo Server',
      atLeast: 2.8,
      unit: '×',
      measured: ratio(onH, local, server),
      later: WAITS.forSubgraphs,
    },
  ];
}

function ratio(rounds: Rounds<GatewaySample>, ours: SetupName, theirs: SetupName): number {
  const rate = (name: SetupName) => medians(rounds.samples.get(name) ?? []).requestsPerSecond;
  return rate(ours) / rate(theirs);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions, Findings, Goal } from '#tests/bench/harness/findings.ts';
import { alternate, medians } from '#tests/bench/harness/rounds.ts';
import { type ChaosCloud, startChaosCloud } from '#tests/chaos/cloud.ts';
import { gather, type People } from '#tests/chaos/people.ts';
import { Watcher } from '#tests/chaos/watcher.ts';
import { waitFor } from '#tests/support/waitFor.ts';

/** Watchers of one pad, and how long a change may take to the median and to the slowest in a hundred: milliseconds. */
const LEVELS = {
  '1 watcher': { watchers: 1, p50: 15, p99: 35 },
  '100 watchers': { watchers: 100, p50: 15, p99: 40 },
  '500 watchers': { watchers: 500, p50: 30, p99: 60 },
} as const;
type Level = keyof typeof LEVELS;

interface Sample {
  readonly writeMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly connectionsPerSecond: number;
}

const AT_ONCE = 25;
/** Two processes of it on two cores, with all watchers in one: the numbers tell of the machine, too. */
const SHARED = 'has cloud, engine and all watchers on the same two cores';

/** How long a change takes from the answer to its mutation to its watchers. */
export async function measureLatency({
  rounds,
  repeats,
  quick,
  tell,
}: BenchOptions): Promise<Findings> {
  const { samples, noise } = await alternate<Sample>({
    contenders: Object.keys(LEVELS),
    rounds,
    repeats,
    tell,
    measure: (name) => measure(LEVELS[name as Level].watchers, quick ? 20 : 200),
  });
  const results = new Map([...samples].map(([name, runs]) => [name as Level, medians(runs)]));
  const rows = [...results].map(([name, { writeMs, p50Ms, p99Ms, connectionsPerSecond }]) => [
    name,
    writeMs,
    p50Ms,
    p99Ms,
    connectionsPerSecond,
  ]);
  const columns = ['what', 'mutation p50 ms', 'told p50 ms', 'told p99 ms', 'subscriptions/s'];
  const goals = [...results].flatMap(([name, { p50Ms, p99Ms }]): Goal[] => [
    {
      id: 'L1',
      what: `${name}, p50`,
      atMost: LEVELS[name].p50,
      unit: ' ms',
      measured: p50Ms,
      later: SHARED,
    },
    {
      id: 'L1',
      what: `${name}, p99`,
      atMost: LEVELS[name].p99,
      unit: ' ms',
      measured: p99Ms,
      later: SHARED,
    },
  ]);
  return { tables: [{ title: 'From the write to the watcher', columns, rows }], goals, noise };
}

async function measure(count: number, writes: number): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), 'memopad-bench-'));
  const cloud = await startChaosCloud({ folder, seed: 1 });
  try {
    const people = await gather(cloud.places().graphql, 1, 1);
    const startedAt = performance.now();
    const arrivals: number[] = [];
    const watchers = await connect(cloud, people, count, () => arrivals.push(performance.now()));
    const seconds = (performance.now() - startedAt) / 1000;
    const times = await writeAndWait(people, watchers, arrivals, writes);
    for (const watcher of watchers) watcher.stop();
    return { ...times, connectionsPerSecond: count / seconds };
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function connect(
  cloud: ChaosCloud,
  { sessions, padIds }: People,
  count: number,
  onChange: () => void,
): Promise<Watcher[]> {
  const [session, padId] = [sessions[0], padIds[0]];
  if (!session || !padId) throw new Error('Expected somebody with a pad.');
  const watchers: Watcher[] = [];
  while (watchers.length < count) {
    const more = Array.from(
      { length: Math.min(AT_ONCE, count - watchers.length) },
      () =>
        new Watcher({
          url: () => cloud.places().socket,
          session,
          padId,
          onChange,
          comparesHeads: false,
        }),
    );
    watchers.push(...more);
    await waitFor('being live', () => more.every(({ isCaughtUp }) => isCaughtUp));
  }
  return watchers;
}

const CREATE = 'mutation ($input: CreateMemoInput!) { memo: createMemo(input: $input) { id } }';
const UPDATE = 'mutation ($input: UpdateMemoInput!) { memo: updateMemo(input: $input) { id } }';
/** Until code and connections are warm. */
const WARM_UP = 10;

async function writeAndWait(
  { sessions, padIds }: People,
  { length }: readonly Watcher[],
  arrivals: number[],
  writes: number,
): Promise<Omit<Sample, 'connectionsPerSecond'>> {
  const api = sessions[0]?.api;
  if (!api) throw new Error('Expected somebody.');
  const written: number[] = [];
  const told: number[] = [];
  let id = '';
  for (let number = 0; number < writes + WARM_UP; number += 1) {
    arrivals.length = 0;
    const input = { title: `Version ${number}` };
    const startedAt = performance.now();
    if (id) await api(UPDATE, { input: { ...input, id } });
    else id = (await api<Created>(CREATE, { input: { ...input, padId: padIds[0] } })).memo.id;
    const answeredAt = performance.now();
    await waitFor('everybody to be told', () => arrivals.length >= length);
    if (number < WARM_UP) continue;
    written.push(answeredAt - startedAt);
    told.push(...arrivals.map((at) => Math.max(0, at - answeredAt)));
  }
  return { writeMs: at(written, 0.5), p50Ms: at(told, 0.5), p99Ms: at(told, 0.99) };
}

interface Created {
  readonly memo: { readonly id: string };
}

function at(values: number[], share: number): number {
  const sorted = values.sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

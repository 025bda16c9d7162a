import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultMix } from '#local/cloud/faults.ts';
import { type ChaosCloud, startChaosCloud } from './cloud.ts';
import { createDice } from './dice.ts';
import { gather, type People } from './people.ts';
import type { HandOff } from './slowHandOff.ts';
import { throughAppSync } from './throughAppSync.ts';
import { add, FLAWLESS, judge, unknownTo, type Verdict } from './verdict.ts';
import { type Door, Watcher } from './watcher.ts';
import { type Acknowledged, write } from './writing.ts';

export interface ChaosOptions {
  readonly seed: number;
  /** Acknowledged writes. */
  readonly mutations: number;
  /** Watchers, each with a connection of its own. */
  readonly clients: number;
  /** The socket's watchers when left out. With AppSync's every fourth is still the socket's, and every other person writes through AppSync. */
  readonly door?: Door | undefined;
  readonly pads?: number;
  /** How often one of the connections breaks, in milliseconds, never when 0; for 50 clients every 15 ms by default. */
  readonly breakEveryMs?: number;
  /** Whether the whole cloud is killed and started again in the middle. */
  readonly killsCloud?: boolean;
  /** How long each of the six writers rests after a write, at most, in milliseconds. */
  readonly restMs?: number;
  /** Instead of the whole mix. */
  readonly mix?: Partial<FaultMix>;
  /** Faults go on to the end; otherwise there are none once everything is written. */
  readonly faultsToTheEnd?: boolean;
  /** Whether watchers compare how far the service says the logs are. */
  readonly comparesHeads?: boolean;
  readonly handOff?: HandOff;
  /** How long watchers may take to get the last change, in milliseconds; 90_000 by default. */
  readonly settleMs?: number;
}

export interface ChaosResult extends Verdict {
  readonly seed: number;
  readonly writes: number;
  readonly watchers: number;
  /** What watchers were told, all in all. */
  readonly deliveries: number;
  readonly connections: number;
  /** Batches that did not join the one before on the same connection. */
  readonly holes: number;
  readonly resets: number;
  /** Acknowledged writes that no log has. */
  readonly unlogged: number;
  readonly problems: readonly unknown[];
  readonly faults: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const PEOPLE = 3;
const BREAK_EACH_EVERY_MS = 750;
const SETTLE_MS = 90_000;
const LOOK_EVERY_MS = 50;

/** Runs one seed: everybody watches and writes while everything breaks; then what was told is judged. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, mix, handOff } = options;
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'memopad-chaos-'));
  const cloud = await startChaosCloud({ folder, seed, mix, handOff });
  try {
    const people = await gather(cloud.places().graphql, PEOPLE, options.pads ?? 5);
    return await watchAndWrite(options, cloud, people, startedAt);
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function watchAndWrite(
  options: ChaosOptions,
  cloud: ChaosCloud,
  people: People,
  startedAt: number,
): Promise<ChaosResult> {
  const random = createDice(options.seed);
  const watchers = Array.from({ length: options.clients }, (_, number) => {
    const session = people.sessions[number % people.sessions.length];
    const padId = people.padIds[number % people.padIds.length];
    if (!session || !padId) throw new Error('Expected somebody with a pad.');
    const { comparesHeads = true } = options;
    const door = options.door === 'appsync' && number % 4 !== 3 ? 'appsync' : 'socket';
    const url = () => (door === 'socket' ? cloud.places().socket : cloud.places().appSync);
    return new Watcher({ url, door, session, padId, comparesHeads });
  });
  await untilLive(watchers);
  const stopBreaking = breakConnections(
    watchers,
    options.breakEveryMs ?? BREAK_EACH_EVERY_MS / options.clients,
    random,
  );
  try {
    await cloud.calm(false);
    const acknowledged = await writeThroughRestart(options, cloud, people, random);
    stopBreaking();
    const faults = await cloud.calm(!options.faultsToTheEnd);
    const heads = await readHeads(people);
    await settle(watchers, heads, options.settleMs ?? SETTLE_MS);
    return describe({ options, watchers, heads, acknowledged, faults, startedAt });
  } finally {
    stopBreaking();
    for (const watcher of watchers) watcher.stop();
  }
}

async function untilLive(watchers: readonly Watcher[]): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  while (!watchers.every(({ isCaughtUp }) => isCaughtUp)) {
    if (performance.now() > deadline) throw new Error('Waited in vain for watchers to be live.');
    await pause(LOOK_EVERY_MS);
  }
}

function breakConnections(
  watchers: readonly Watcher[],
  everyMs: number,
  random: () => number,
): () => void {
  if (everyMs === 0) return () => {};
  const timer = setInterval(() => {
    watchers[Math.floor(random() * watchers.length)]?.breakConnection();
  }, everyMs);
  return () => clearInterval(timer);
}

async function writeThroughRestart(
  { mutations, killsCloud = false, restMs = 0, door }: ChaosOptions,
  cloud: ChaosCloud,
  people: People,
  random: () => number,
): Promise<Acknowledged> {
  const { padIds } = people;
  const sessions = people.sessions.map((session, index) =>
    door === 'appsync' && index % 2 === 0
      ? throughAppSync(session, () => cloud.places().appSync)
      : session,
  );
  let restarting: Promise<unknown> | undefined;
  const onWrite = (count: number) => {
    if (!killsCloud || count < mutations / 2) return;
    restarting ??= cloud.restart().then(() => cloud.calm(false));
  };
  const acknowledged = await write({ sessions, padIds, mutations, restMs, random, onWrite });
  await restarting;
  return acknowledged;
}

const HEAD = 'query ($padId: ID!) { memoChanges(padId: $padId) { to } }';

/** The number of the last change of each pad, once all logs stand still. */
async function readHeads({ sessions, padIds }: People): Promise<Map<string, number>> {
  const [{ api } = { api: undefined }] = sessions;
  const read = async () => {
    const heads = new Map<string, number>();
    for (const padId of padIds) {
      const answer = await api?.<{ memoChanges: { to: string } }>(HEAD, { padId });
      heads.set(padId, Number(answer?.memoChanges.to.split('.')[1]));
    }
    return heads;
  };
  for (let before = await read(); ; ) {
    await pause(1_500);
    const now = await read();
    if ([...now].every(([padId, head]) => before.get(padId) === head)) return now;
    before = now;
  }
}

async function settle(
  watchers: readonly Watcher[],
  heads: ReadonlyMap<string, number>,
  withinMs: number,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  const isBehind = (watcher: Watcher) => watcher.lastSeq() < (heads.get(watcher.padId) ?? 0);
  while (watchers.some(isBehind) && performance.now() < deadline) await pause(LOOK_EVERY_MS);
}

interface Outcome {
  readonly options: ChaosOptions;
  readonly watchers: readonly Watcher[];
  readonly heads: ReadonlyMap<string, number>;
  readonly acknowledged: Acknowledged;
  readonly faults: Readonly<Record<string, number>>;
  readonly startedAt: number;
}

function describe({
  options,
  watchers,
  heads,
  acknowledged,
  faults,
  startedAt,
}: Outcome): ChaosResult {
  const verdicts = watchers.map(({ seen, padId }) => judge({ seen, head: heads.get(padId) ?? 0 }));
  const sum = (count: (watcher: Watcher) => number) =>
    watchers.reduce((total, watcher) => total + count(watcher), 0);
  const unlogged = [...acknowledged].flatMap(([padId, writes]) => {
    const all = watchers.filter((watcher) => watcher.padId === padId).flatMap(({ seen }) => seen);
    return unknownTo(all, writes);
  });
  return {
    ...verdicts.reduce(add, FLAWLESS),
    seed: options.seed,
    writes: options.mutations,
    watchers: watchers.length,
    deliveries: sum(({ seen }) => seen.length),
    connections: sum(({ connections }) => connections),
    holes: sum(({ holes }) => holes),
    resets: sum(({ resets }) => resets),
    unlogged: unlogged.length,
    problems: watchers.flatMap(({ problems }) => problems),
    faults,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

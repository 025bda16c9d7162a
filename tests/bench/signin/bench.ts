import type { Bench, BenchOptions, Findings, Goal, Table } from '#tests/bench/harness/findings.ts';
import { type LoadGenerator, startLoad } from '#tests/bench/harness/load.ts';
import { type BenchProcess, startProcess } from '#tests/bench/harness/processes.ts';
import { alternate, joinNoise, median, medians, type Rounds } from '#tests/bench/harness/rounds.ts';
import { signInBody } from '#tests/bench/service/client.ts';
import { type Memopad, startMemopad, withFolder } from '#tests/bench/service/memopad.ts';
import type { TokenTask } from './tokenProcess.ts';

const HASH = 'the check of a password alone (argon2id)';
const ONE = 'sign-in, one at a time';
const TWO = 'sign-in, two at a time';
const REPEATED = 'repeated';
const FIRST = 'first';

interface SignInSample {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly cpuMs: number;
}

export const signInBench: Bench = {
  name: 'signin',
  title: 'Sign-in and tokens',
  about:
    'Sign-ins of the demo account through the gateway of a Memopad as `npm start -- --one-process` runs it, on core 0; load and engine on core 1. The check of a password alone runs the same code on the same core. A token is checked for the first time, or looked up because it was checked before.',
  run,
};

async function run(options: BenchOptions): Promise<Findings> {
  const signIns = await measureSignIns(options);
  const tokens = await measureTokens(options);
  return {
    tables: [toSignInTable(signIns), toTokenTable(tokens)],
    goals: [...signInGoals(signIns), ...tokenGoals(tokens)],
    noise: joinNoise(signIns.noise, tokens.noise),
  };
}

async function measureSignIns(options: BenchOptions): Promise<Rounds<SignInSample>> {
  const engineFile = new URL('../service/engineProcess.ts', import.meta.url).pathname;
  const hashFile = new URL('./hashProcess.ts', import.meta.url).pathname;
  const engine = await startProcess<{ endpoint: string }>({ file: engineFile, core: 1 });
  const hash = await startProcess({ file: hashFile, core: 0 });
  const load = await startLoad(1);
  try {
    return await withFolder(async (dataDir) => {
      const memopad = await startMemopad({ dataDir, core: 0, engine: engine.details.endpoint });
      const { rounds, repeats, tell } = options;
      const contenders = [HASH, ONE, TWO];
      const measure = (name: string) =>
        name === HASH
          ? measureHash(hash, options)
          : measureSignIn({ memopad, load, connections: name === TWO ? 2 : 1, options });
      return alternate({ contenders, rounds, repeats, tell, measure }).finally(memopad.stop);
    });
  } finally {
    await Promise.all([engine.stop(), hash.stop(), load.stop()]);
  }
}

async function measureHash(
  hash: BenchProcess<unknown>,
  { seconds }: BenchOptions,
): Promise<SignInSample> {
  const task = { forMs: seconds * 1000 };
  const before = await hash.usage();
  const durations = await hash.run<number[]>(task, task.forMs + 30_000);
  const cpuMicros = (await hash.usage()).cpuMicros - before.cpuMicros;
  return {
    perSecond: durations.length / seconds,
    p50Ms: median(durations),
    cpuMs: cpuMicros / 1000 / durations.length,
  };
}

interface SignInRun {
  readonly memopad: Memopad;
  readonly load: LoadGenerator;
  /** A sixth attempt at one account would be throttled, and those of the run before may still be under way. */
  readonly connections: number;
  readonly options: BenchOptions;
}

async function measureSignIn(signInRun: SignInRun): Promise<SignInSample> {
  const { memopad, load, connections, options } = signInRun;
  const bodies = [signInBody(memopad)];
  const task = { url: memopad.federated, headers: {}, bodies, connections };
  await load.fire({ ...task, seconds: 1 });
  const before = memopad.usage();
  const totals = await load.fire({ ...task, seconds: options.seconds });
  const cpuMicros = memopad.usage().cpuMicros - before.cpuMicros;
  if (totals.failures > 0) throw new Error(`${totals.failures} sign-ins were refused.`);
  return {
    perSecond: totals.requests / totals.seconds,
    p50Ms: totals.p50Ms,
    cpuMs: cpuMicros / 1000 / totals.requests,
  };
}

interface TokenSample {
  readonly micros: number;
}

async function measureTokens({
  rounds,
  repeats,
  quick,
  tell,
}: BenchOptions): Promise<Rounds<TokenSample>> {
  const file = new URL('./tokenProcess.ts', import.meta.url).pathname;
  const child = await startProcess({ file, core: 0 });
  const tasks: Readonly<Record<string, TokenTask>> = {
    [REPEATED]: { kind: 'repeated', checks: quick ? 50_000 : 500_000 },
    [FIRST]: { kind: 'first', checks: quick ? 300 : 3_000 },
  };
  const contenders = Object.keys(tasks);
  const measure = async (name: string) => ({
    micros: await child.run<number>(tasks[name], 60_000),
  });
  return alternate({ contenders, rounds, repeats, tell, measure }).finally(child.stop);
}

function toSignInTable({ samples }: Rounds<SignInSample>): Table {
  const rows = [...samples].map(([name, runs]) => {
    const { perSecond, p50Ms, cpuMs } = medians(runs);
    return [name, perSecond, p50Ms, cpuMs];
  });
  return { title: 'Sign-ins', columns: ['what', 'a second', 'p50 ms', 'CPU ms each'], rows };
}

function toTokenTable({ samples }: Rounds<TokenSample>): Table {
  const rows = [...samples].map(([name, runs]) => [name, medians(runs).micros]);
  return { title: 'Check of a token', columns: ['check', 'µs'], rows };
}

function signInGoals({ samples }: Rounds<SignInSample>): Goal[] {
  const p50 = (name: string) => medians(samples.get(name) ?? []).p50Ms;
  const measured = p50(ONE) / p50(HASH);
  return [
    { id: 'P11', what: 'sign-in against its password hash', atMost: 1.15, unit: '×', measured },
  ];
}

function tokenGoals({ samples }: Rounds<TokenSample>): Goal[] {
  const measured = medians(samples.get(REPEATED) ?? []).micros;
  return [{ id: 'P11', what: 'repeated check of a token', atMost: 3, unit: ' µs', measured }];
}

import { NO_FAULTS } from '#local/cloud/faults.ts';
import { parseFlags, runCommand, UsageError } from '#scripts/commandLine.ts';
import { runCycles } from './cycles.ts';
import { PROOFS, prove } from './proofs.ts';
import { type ChaosResult, runChaos } from './run.ts';
import { add, FLAWLESS } from './verdict.ts';
import type { Door } from './watcher.ts';

const USAGE = `npm run chaos -- [--door socket|appsync] [--seeds N] [--mutations N] [--clients N] [--first SEED]
  runs seeds one after the other, 20 of 1,200 mutations under 50 clients by default, who watch over the socket
npm run chaos -- --proofs      shows that the runs could fail
npm run chaos -- --live N      N mutations made after caughtUp, without faults
npm run chaos -- --cycles N    N connections made and ended, and what they leave behind`;

/** What a garbage collector may have left, as a share. Nine tenths of the connections come in between. */
const MEMORY_GROWTH_MAX = 1.25;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
process.exitCode = await runCommand(USAGE, async () => ((await main()) ? 0 : 1));

/** Whether all went well. */
async function main(): Promise<boolean> {
  const { values } = parseFlags({
    options: {
      seeds: { type: 'string', default: '20' },
      mutations: { type: 'string', default: '1200' },
      clients: { type: 'string', default: '50' },
      first: { type: 'string', default: '1' },
      door: { type: 'string', default: 'socket' },
      live: { type: 'string' },
      cycles: { type: 'string' },
      proofs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(USAGE);
  if (values.proofs) return runProofs();
  if (values.cycles) return tellCycles(Number(values.cycles));
  const { door } = values;
  if (door !== 'socket' && door !== 'appsync') {
    throw new UsageError(`Expected the door socket or appsync, got ${door}.`);
  }
  if (values.live) return tellLive(Number(values.live), door);
  const { seeds, mutations, clients, first } = values;
  const plan = { mutations: Number(mutations), clients: Number(clients), first: Number(first) };
  return runSeeds(Number(seeds), { ...plan, door });
}

async function runSeeds(
  seeds: number,
  { first, ...size }: { mutations: number; clients: number; first: number; door: Door },
): Promise<boolean> {
  const results: ChaosResult[] = [];
  for (let seed = first; seed < first + seeds; seed += 1) {
    const result = await runChaos({ seed, ...size, killsCloud: true });
    results.push(result);
    say(`seed ${seed}: ${describe(result)}`);
  }
  const { lost, duplicates, outOfOrder, versionGaps } = results.reduce(add, FLAWLESS);
  const told = results.reduce((sum, { deliveries }) => sum + deliveries, 0);
  const right = results.filter(isFlawless).length;
  say(
    `${right} of ${seeds} seeds without a flaw: lost ${lost} / duplicates ${duplicates} / out of order ${outOfOrder} / version gaps ${versionGaps} of ${told} changes told`,
  );
  return right === seeds;
}

async function runProofs(): Promise<boolean> {
  let isRight = true;
  for (const proof of PROOFS) {
    const outcome = await prove(proof);
    say(outcome.line);
    isRight &&= outcome.isRight;
  }
  return isRight;
}

async function tellLive(mutations: number, door: Door): Promise<boolean> {
  const pads = Math.max(1, Math.ceil(mutations / 800));
  const options = { seed: 1, mutations, clients: pads, pads, breakEveryMs: 0, door };
  const result = await runChaos({ ...options, mix: NO_FAULTS });
  say(
    `${mutations} mutations after caughtUp, ${result.unlogged} not delivered: ${describe(result)}`,
  );
  return isFlawless(result);
}

async function tellCycles(cycles: number): Promise<boolean> {
  const { rows, warmMb, endMb } = await runCycles(cycles);
  say(
    `${cycles} connections: ${rows} rows left, ${warmMb} MB after a tenth, ${endMb} MB at the end`,
  );
  return rows === 0 && endMb <= warmMb * MEMORY_GROWTH_MAX;
}

function isFlawless(result: ChaosResult): boolean {
  const { lost, duplicates, outOfOrder, versionGaps, unlogged, resets } = result;
  return lost + duplicates + outOfOrder + versionGaps + unlogged + resets === 0;
}

function describe(result: ChaosResult): string {
  const { lost, duplicates, outOfOrder, versionGaps, unlogged, resets, problems } = result;
  const { deliveries, connections, seconds, faults } = result;
  const injected = Object.entries(faults).map(([name, count]) => `${name} ${count}`);
  const [problem] = problems;
  return [
    `lost ${lost} / duplicates ${duplicates} / out of order ${outOfOrder} / version gaps ${versionGaps}`,
    ...(unlogged + resets > 0 ? [`unlogged ${unlogged}, resets ${resets}`] : []),
    `${deliveries} changes told over ${connections} connections in ${seconds.toFixed(0)} s`,
    injected.join(', '),
    ...(problem ? [`${problems.length} problems, the first: ${JSON.stringify(problem)}`] : []),
  ].join(' · ');
}

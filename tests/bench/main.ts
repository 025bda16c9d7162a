import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isoTime } from '#domain/clock.ts';
import { runCommand } from '#scripts/commandLine.ts';
import { coldStartBench } from './coldstart/bench.ts';
import { doorsBench } from './doors/bench.ts';
import { endToEndBench } from './endtoend/bench.ts';
import { gatewayBench } from './gateway/bench.ts';
import { type Bench, isReached } from './harness/findings.ts';
import { describeMachine } from './harness/machine.ts';
import { formatSection, replaceSection } from './harness/report.ts';
import { importBench } from './importing/bench.ts';
import { liveBench } from './live/bench.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { signInBench } from './signin/bench.ts';
import { startUpBench } from './startup/bench.ts';

const BENCHES: readonly Bench[] = [
  gatewayBench,
  signInBench,
  importBench,
  endToEndBench,
  startUpBench,
  coldStartBench,
  liveBench,
  doorsBench,
];
/** A quick look takes the machine as it is. */
const MAX_REPEATS = 2;
const RESULTS = new URL('./results.md', import.meta.url);

// Leaves by the door, so that what was started is ended and folders are removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
process.exitCode = await runCommand(USAGE, () => main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const names = BENCHES.map(({ name }) => name);
  if (args.includes('--help')) {
    console.log(`${USAGE}\n  NAME          ${names.join(', ')}`);
    return 0;
  }
  const options = readOptions(args, names);
  const missed = [];
  for (const bench of BENCHES.filter(({ name }) => options.names.includes(name))) {
    missed.push(...(await runBench(bench, options)));
  }
  return options.check && missed.length > 0 ? 1 : 0;
}

/** Runs one bench, prints and keeps its section, and says which goals it missed though they are due. */
async function runBench(bench: Bench, { rounds, seconds, quick }: Options): Promise<string[]> {
  const tell = (line: string) => console.error(`${bench.name}: ${line}`);
  const findings = await bench.run({
    rounds,
    repeats: quick ? 0 : MAX_REPEATS,
    seconds,
    quick,
    tell,
  });
  const date = isoTime(Date.now()).slice(0, 10);
  const circumstances = { date, machine: describeMachine(), rounds, seconds };
  const section = formatSection(bench, findings, circumstances);
  console.log(`\n${section}`);
  if (!quick) keep(bench.title, section);
  return findings.goals.filter((goal) => !isReached(goal) && !goal.later).map(({ id }) => id);
}

function keep(title: string, section: string): void {
  const heading =
    '# What was measured\n\nWritten by `npm run bench`; each run replaces the sections it measured.\n';
  const before = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8') : heading;
  writeFileSync(RESULTS, replaceSection(before, title, section));
}

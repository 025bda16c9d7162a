import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { startEngine } from '#local/engine.ts';
import { parseFlags, runCommand } from '#scripts/commandLine.ts';
import { type DeployedDoors, openDeployed } from '#tests/contract/deployedDoor.ts';
import { DIFFERENCES } from '#tests/contract/differences.ts';
import type { Action } from '#tests/twins/actions.ts';
import { anAction } from '#tests/twins/arbitraries.ts';
import { findDisagreement } from '#tests/twins/compare.ts';
import { meterEngine } from './meteredEngine.ts';
import { formatParity, replaceParity } from './table.ts';
import { KINDS, walkTour } from './walk.ts';

const USAGE = `npm run parity -- [--sequences N] [--seed N] [--write]
  --sequences N   how many random sequences of operations go through both doors, 100 when left out
  --seed N        of the sequences, 1 when left out
  --write         puts the table into README.md`;
const README = new URL('../../README.md', import.meta.url);
const SEQUENCE = fc.array(anAction, { maxLength: 40, size: 'max' });

// The SDK tells which versions of Node it will want.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
// Leaves by the door, so that what was started is ended.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
process.exitCode = await runCommand(USAGE, () => main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseFlags({
    args: [...args],
    options: {
      sequences: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(USAGE, 0);
  const engine = await meterEngine(await startEngine());
  const open = await openDeployed(engine);
  try {
    const visits = await walkTour(open, engine);
    const numRuns = Number(values.sequences);
    const sequences = fc.sample(SEQUENCE, { numRuns, seed: Number(values.seed) });
    const { agreement, disagreements } = await compareAll(sequences, open);
    const table = formatParity(visits, agreement, Object.values(DIFFERENCES));
    if (values.write) writeFileSync(README, replaceParity(readFileSync(README, 'utf8'), table));
    const unlike = [...visits.filter(({ same }) => !same), ...disagreements];
    for (const one of unlike) console.error(JSON.stringify(one, null, 2));
    return say(table, unlike.length === 0 ? 0 : 1);
  } finally {
    await open.stop();
    await engine.stop();
  }
}

async function compareAll(sequences: readonly (readonly Action[])[], { doors }: DeployedDoors) {
  const agreement = new Map<string, { same: number; asked: number }>();
  const count = ({ do: name }: Action, same: number) => {
    const operation = name === 'padMemos' ? 'pad' : name;
    const known = agreement.get(operation) ?? { same: 0, asked: 0 };
    agreement.set(operation, { same: known.same + same, asked: known.asked + 1 });
  };
  const disagreements = [];
  const open = { doors: KINDS.map((kind) => [kind, doors[kind]] as const), aheadMs: 0 };
  for (const sequence of sequences) {
    const found = await findDisagreement(sequence, open, (action) => count(action, 1));
    if (!found) continue;
    count(found.action, 0);
    disagreements.push(found);
  }
  return { agreement, disagreements };
}

function say(text: string, exitCode: number): number {
  console.log(text);
  return exitCode;
}

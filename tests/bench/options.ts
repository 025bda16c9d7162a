import { parseFlags, UsageError } from '#scripts/commandLine.ts';

/** What `npm run bench -- …` was asked for. */
export interface Options {
  /** The benches to run; all when none is named. */
  readonly names: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  readonly quick: boolean;
  readonly check: boolean;
}

export const USAGE = `npm run bench -- [NAME …] [--rounds N] [--seconds N] [--quick] [--check]
  --rounds N    how often each set-up is measured, 3 when left out
  --seconds N   how long each run lasts, 10 when left out
  --quick       one round of one second, to see that everything works; results.md stays as it is
  --check       exit with 1 when a goal that is due is missed`;

/** @throws UsageError when a flag is unknown or its number isn't one from 1 to 60. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { values, positionals } = parseFlags({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  });
  const { quick, check } = values;
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`Expected names out of ${known.join(', ')}; got ${unknown.join(', ')}.`);
  }
  return {
    names: positionals.length > 0 ? positionals : known,
    rounds: readCount('--rounds', values.rounds ?? (quick ? '1' : '3')),
    seconds: readCount('--seconds', values.seconds ?? (quick ? '1' : '10')),
    quick,
    check,
  };
}

function readCount(flag: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 60) return count;
  throw new UsageError(`Expected a whole number from 1 to 60 for ${flag}, got "${text}".`);
}

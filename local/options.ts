import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the person asked for on the command line. */
export interface StartOptions {
  /** Absolute. */
  readonly dataDir: string;
  /** The gateway's port: 0 takes a free one; the one of the last start, else 4000, when left out. */
  readonly port: number | undefined;
  readonly memory: boolean;
  readonly reset: boolean;
  /** When left out, a new data folder gets the demo account. */
  readonly seed: boolean | undefined;
  readonly verbose: boolean;
  /** The seed of the faults to inject; none are when left out. */
  readonly faults: number | undefined;
  /** Whether everything takes as long as on AWS. */
  readonly awsTiming: boolean;
  /** Whether gateway and services run as one program instead of as the templates say. */
  readonly oneProcess: boolean;
  /** How the gateway reaches its subgraphs in one process. */
  readonly subgraphs: 'in-process' | 'http';
}

/** A mistake in the command line: its message is followed by the flags, the exit code is 2. */
export class UsageError extends Error {}

export const HELP = `npm start -- [flags]

  --port N          the gateway's port (4000, or the last start's); 0: the last start's, or any free one
  --data-dir DIR    where memos, keys, ports and logs are kept (.memopad)
  --memory          keep memos and keys in memory only
  --reset           delete everything in the data folder first
  --seed, --no-seed write the demo account and its memos, or don't (a new data folder gets them)
  --verbose         print the log and what functions write
  --faults SEED     have AWS's failures: lost posts, dying functions, repeated and reordered events, conflicts
  --aws-timing      have AWS's latencies
  --one-process     run gateway and services as one program, without templates and AppSync door
  --subgraphs HOW   with --one-process: in-process, or http, each service behind a port of its own
  --help            print this

DYNAMODB_ENDPOINT   any DynamoDB-compatible endpoint to use instead of the embedded engine`;

const FLAGS = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  memory: { type: 'boolean' },
  reset: { type: 'boolean' },
  seed: { type: 'boolean' },
  'no-seed': { type: 'boolean' },
  'one-process': { type: 'boolean' },
  subgraphs: { type: 'string' },
  verbose: { type: 'boolean' },
  faults: { type: 'string' },
  'aws-timing': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Flag = keyof typeof FLAGS;

/** Reads the command line. @throws UsageError that names what was expected. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): StartOptions | 'help' {
  refuseFlagsNpmTook(environment);
  const values = readFlags(args);
  if (values.has('help')) return 'help';
  const memory = values.has('memory');
  const reset = values.has('reset');
  if (memory && reset) {
    throw new UsageError('Expected --memory or --reset, got both: nothing is kept with --memory.');
  }
  return {
    dataDir: resolve(readText(values, 'data-dir') ?? '.memopad'),
    port: readPort(readText(values, 'port')),
    memory,
    reset,
    seed: readSeed(values),
    verbose: values.has('verbose'),
    faults: readFaults(values),
    awsTiming: readAwsTiming(values),
    oneProcess: values.has('one-process'),
    subgraphs: readSubgraphs(values),
  };
}

/** Without the two dashes npm keeps the flags for itself, and we would start with other settings than asked for. */
function refuseFlagsNpmTook(environment: Readonly<Record<string, string | undefined>>): void {
  const taken = Object.keys(FLAGS).filter(
    (flag) => environment[`npm_config_${flag.replaceAll('-', '_')}`] !== undefined,
  );
  // npm has flags of these names itself.
  const flag = taken.find((name) => name !== 'verbose' && name !== 'help');
  if (flag) throw new UsageError(`Expected two dashes before our flags: npm start -- --${flag} …`);
}

function readFlags(args: readonly string[]): Map<Flag, string | true> {
  const values = new Map<Flag, string | true>();
  const { tokens } = parseArgs({ args: [...args], options: FLAGS, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`Expected only flags, got ${JSON.stringify(token.value)}.`);
    }
    if (token.kind === 'option') {
      const flag = knownFlag(token.name, token.rawName);
      values.set(flag, readValue(flag, token));
    }
  }
  return values;
}

function knownFlag(name: string, rawName: string): Flag {
  if (Object.hasOwn(FLAGS, name)) return name as Flag;
  throw new UsageError(`Expected one of the flags below, got ${rawName}.`);
}

interface FlagToken {
  readonly value?: string | undefined;
  /** Whether it came as `--flag=value`. */
  readonly inlineValue?: boolean | undefined;
}

function readValue(flag: Flag, { value, inlineValue }: FlagToken): string | true {
  if (FLAGS[flag].type === 'boolean') {
    if (value === undefined) return true;
    throw new UsageError(`Expected --${flag} without a value, got ${JSON.stringify(value)}.`);
  }
  const isNextFlag = !inlineValue && value?.startsWith('--');
  if (value && !isNextFlag) return value;
  throw new UsageError(`Expected a value after --${flag}.`);
}

function readText(values: Map<Flag, string | true>, flag: Flag): string | undefined {
  const value = values.get(flag);
  return value === true ? undefined : value;
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(
    `Expected --port to be a number from 0 to 65535, got ${JSON.stringify(text)}.`,
  );
}

function readSeed(values: Map<Flag, string | true>): boolean | undefined {
  if (values.has('seed') && values.has('no-seed')) {
    throw new UsageError('Expected --seed or --no-seed, got both.');
  }
  if (values.has('no-seed')) return false;
  return values.has('seed') ? true : undefined;
}

/** Whatever the seed, so long as it can be given again. */
function readFaults(values: Map<Flag, string | true>): number | undefined {
  const text = readText(values, 'faults');
  if (text === undefined) return undefined;
  refuseInOneProcess(values, 'faults');
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(
    `Expected --faults to be a seed, a number of up to 9 digits, got ${JSON.stringify(text)}.`,
  );
}

function readAwsTiming(values: Map<Flag, string | true>): boolean {
  if (values.has('aws-timing')) refuseInOneProcess(values, 'aws-timing');
  return values.has('aws-timing');
}

/** There is nothing of AWS's in it. */
function refuseInOneProcess(values: Map<Flag, string | true>, flag: Flag): void {
  if (!values.has('one-process')) return;
  throw new UsageError(`Expected --${flag} or --one-process, got both.`);
}

function readSubgraphs(values: Map<Flag, string | true>): 'in-process' | 'http' {
  const text = readText(values, 'subgraphs') ?? 'in-process';
  if (text !== 'in-process' && text !== 'http') {
    throw new UsageError(
      `Expected --subgraphs to be in-process or http, got ${JSON.stringify(text)}.`,
    );
  }
  if (values.has('subgraphs') && !values.has('one-process')) {
    throw new UsageError('Expected --subgraphs together with --one-process only.');
  }
  return text;
}

import { type ParseArgsConfig, parseArgs } from 'node:util';

const EXIT_USAGE = 2;

/** A mistake in the command line: its message is followed by the usage. */
export class UsageError extends Error {}

/** As node:util's parseArgs. @throws UsageError that says what was not known */
export function parseFlags<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Runs a command and gives its exit code: 2, and the usage on standard error, when the command line is wrong. Rejects with all else. */
export async function runCommand(usage: string, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return EXIT_USAGE;
  }
}

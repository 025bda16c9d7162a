import { runCommand } from '#scripts/commandLine.ts';
import { type Api, connect } from './api.ts';
import { readViewerId } from './operations.ts';
import { FLAG_LINES, readOptions } from './options.ts';

/** A signed-in connection and what to do with it. */
export interface Transfer {
  readonly api: Api;
  readonly folder: string;
  readonly padId: string;
}

/** Runs a command: 0 when all went well, 1 when something failed, 2 when the command line is wrong. */
export async function runTransfer(
  command: string,
  transfer: (transfer: Transfer) => Promise<0 | 1>,
): Promise<void> {
  const usage = `Usage: npm run ${command} -- FOLDER [flags]\n${FLAG_LINES}`;
  try {
    process.exitCode = await runCommand(usage, () => run(usage, transfer));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function run(
  usage: string,
  transfer: (transfer: Transfer) => Promise<0 | 1>,
): Promise<number> {
  const options = await readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return 0;
  }
  const api = await connect(options.url, options.credentials);
  const padId = options.padId ?? (await readViewerId(api));
  return transfer({ api, folder: options.folder, padId });
}

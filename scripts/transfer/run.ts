import { type Api, connect } from './api.ts';
import { readViewerId } from './operations.ts';
import { FLAG_LINES, readOptions, UsageError } from './options.ts';

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
    const options = await readOptions(process.argv.slice(2));
    if (options === 'help') return console.log(usage);
    const api = await connect(options.url, options.credentials);
    const padId = options.padId ?? (await readViewerId(api));
    process.exitCode = await transfer({ api, folder: options.folder, padId });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

import { WebSocket } from 'ws';
import { createLiveClient } from '#client/createLiveClient.ts';
import { runCommand } from './commandLine.ts';
import { openSession } from './transfer/api.ts';
import { readViewerId } from './transfer/operations.ts';
import { readOptions, USAGE } from './watch/options.ts';
import { watchPad } from './watch/watchPad.ts';

const EXIT_FAILED = 1;

/** `npm run watch`: prints a pad's changes as they come, through restarts of the service, until Ctrl-C. */
process.exitCode = await runCommand(USAGE, () => watch(process.argv.slice(2))).catch(fail);

function fail(error: unknown): number {
  console.error(error instanceof Error ? error.message : error);
  return EXIT_FAILED;
}

async function watch(args: readonly string[]): Promise<number> {
  const options = await readOptions(args);
  if (options === 'help') {
    console.log(USAGE);
    return 0;
  }
  const { api, accessToken } = await openSession(options.url, options.credentials);
  const padId = options.padId ?? (await readViewerId(api));
  const client = createLiveClient({
    url: options.socketUrl,
    getAccessToken: accessToken,
    webSocketImpl: WebSocket,
  });
  console.log(`Watching pad ${padId}. Ctrl-C ends it.`);
  await watchPad({ client, padId, since: options.since, print: console.log });
  console.log('The service ended it.');
  return EXIT_FAILED;
}

import { WebSocket } from 'ws';
import { createLiveClient } from '#client/createLiveClient.ts';
import { openSession } from './transfer/api.ts';
import { readViewerId } from './transfer/operations.ts';
import { UsageError } from './transfer/options.ts';
import { readOptions, USAGE } from './watch/options.ts';
import { watchPad } from './watch/watchPad.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** `npm run watch`: prints a pad's changes as they come, through restarts of the service, until Ctrl-C. */
process.exitCode = await watch(process.argv.slice(2));

async function watch(args: readonly string[]): Promise<number> {
  try {
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
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof UsageError) console.error(`\n${USAGE}`);
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED;
  }
}

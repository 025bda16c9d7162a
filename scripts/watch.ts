import { WebSocket } from 'ws';
import { createAppSyncClient } from '#client/appsync/createAppSyncClient.ts';
import { createLiveClient } from '#client/createLiveClient.ts';
import { runCommand } from './commandLine.ts';
import { openSession, type Session } from './transfer/api.ts';
import { readViewerId } from './transfer/operations.ts';
import { readOptions, USAGE, type WatchDoor } from './watch/options.ts';
import { type WatchPadOptions, watchPad } from './watch/watchPad.ts';

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
  const client = openClient(options.door, accessToken);
  console.log(`Watching pad ${padId}. Ctrl-C ends it.`);
  await watchPad({ client, padId, since: options.since, print: console.log });
  console.log('The service ended it.');
  return EXIT_FAILED;
}

function openClient(
  door: WatchDoor,
  getAccessToken: Session['accessToken'],
): WatchPadOptions['client'] {
  const shared = { getAccessToken, webSocketImpl: WebSocket };
  if (door.kind === 'socket') return createLiveClient({ ...shared, url: door.url });
  const { url, realtimeUrl } = door;
  return createAppSyncClient({ ...shared, url, realtimeUrl });
}

import { parseFlags, UsageError } from '#scripts/commandLine.ts';
import type { Credentials } from '#scripts/transfer/api.ts';
import {
  CONNECTION_FLAGS,
  type RunningMemopad,
  readConnection,
  readEndpoints,
  refuseSwallowedFlags,
} from '#scripts/transfer/options.ts';

/** What the person asked for. */
export interface WatchOptions {
  readonly url: string;
  readonly credentials: Credentials;
  readonly door: WatchDoor;
  /** The viewer's personal pad when left out. */
  readonly padId?: string | undefined;
  /** From now on when left out. */
  readonly since?: string | undefined;
}

/** Where changes are watched. */
export type WatchDoor =
  /** `url` gives the socket's address as it is now: a Memopad that starts again may have another. */
  | { readonly kind: 'socket'; readonly url: () => Promise<string> }
  | { readonly kind: 'appsync'; readonly url: string; readonly realtimeUrl: string };

const FLAGS = {
  ...CONNECTION_FLAGS,
  door: { type: 'string', default: 'socket' },
  since: { type: 'string' },
  socket: { type: 'string' },
} as const;

export const USAGE = `Usage: npm run watch -- [flags]

  --pad ID          the pad; your personal pad when left out
  --since CURSOR    go on from there; from now on when left out
  --door DOOR       socket, or appsync to watch through AppSync
  --email ADDRESS   signs in; the password is asked for, or read from MEMOPAD_PASSWORD
  --token TOKEN     an access token instead (good for 15 minutes)
  --url URL         the GraphQL endpoint, and
  --socket URL      the socket, of a Memopad elsewhere
  --data-dir DIR    where the running Memopad keeps its data (.memopad)
Without --email and --token the demo account signs in. Ctrl-C ends it.`;

/** Reads the command line; what it leaves out comes from the running Memopad's endpoints.json. @throws UsageError */
export async function readOptions(args: readonly string[]): Promise<WatchOptions | 'help'> {
  refuseSwallowedFlags(FLAGS);
  const { values } = parseFlags({ args: [...args], options: FLAGS });
  if (values.help) return 'help';
  if (Boolean(values.url) !== Boolean(values.socket)) {
    throw new UsageError('Expected both --url and --socket, or neither.');
  }
  const { pad: padId, since } = values;
  const { url, credentials, running } = await readConnection(values);
  const door = readDoor(values, running);
  return { url, credentials, door, padId, since };
}

interface DoorValues {
  readonly door: string;
  readonly socket?: string | undefined;
  readonly 'data-dir': string;
}

function readDoor(values: DoorValues, running: RunningMemopad | undefined): WatchDoor {
  switch (values.door) {
    case 'socket':
      return openSocketDoor(values, running);
    case 'appsync':
      return openAppSyncDoor(running);
    default:
      throw new UsageError(`Expected the door socket or appsync, got ${values.door}.`);
  }
}

function openSocketDoor(
  { socket, 'data-dir': dataDir }: DoorValues,
  running: RunningMemopad | undefined,
): WatchDoor {
  const first = socket ?? running?.socket;
  if (!first) throw new UsageError('Expected a Memopad with a socket; this one has none.');
  if (isAppSyncs(first)) throw new UsageError(NOT_APPSYNCS);
  return {
    kind: 'socket',
    url: async () => socket ?? (await readEndpoints(dataDir))?.socket ?? first,
  };
}

function openAppSyncDoor(running: RunningMemopad | undefined): WatchDoor {
  if (!running) throw new UsageError('Expected --door appsync without --url and --socket.');
  const { appsync: url, appsyncRealtime: realtimeUrl } = running;
  if (url && realtimeUrl) return { kind: 'appsync', url, realtimeUrl };
  throw new UsageError('Expected a Memopad with an AppSync door; this one has none.');
}

/** On a laptop and on AWS. It speaks AppSync's own words. */
const isAppSyncs = (url: string): boolean =>
  /\/graphql\/realtime\/?$|\.appsync-realtime-api\./.test(url);

const NOT_APPSYNCS =
  "Expected Memopad's own socket, `socket` in endpoints.json; got AppSync's, which --door appsync watches through.";

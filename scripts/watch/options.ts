import { parseFlags, UsageError } from '#scripts/commandLine.ts';
import type { Credentials } from '#scripts/transfer/api.ts';
import {
  CONNECTION_FLAGS,
  readConnection,
  readEndpoints,
  refuseSwallowedFlags,
} from '#scripts/transfer/options.ts';

/** What the person asked for. */
export interface WatchOptions {
  readonly url: string;
  readonly credentials: Credentials;
  /** Gives the socket's address as it is now: a Memopad that starts again may have another. */
  readonly socketUrl: () => Promise<string>;
  /** The viewer's personal pad when left out. */
  readonly padId?: string | undefined;
  /** From now on when left out. */
  readonly since?: string | undefined;
}

const FLAGS = {
  ...CONNECTION_FLAGS,
  since: { type: 'string' },
  socket: { type: 'string' },
} as const;

export const USAGE = `Usage: npm run watch -- [flags]

  --pad ID          the pad; your personal pad when left out
  --since CURSOR    go on from there; from now on when left out
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
  const { url, credentials, running } = await readConnection(values);
  const first = values.socket ?? running?.socket;
  if (!first) throw new UsageError('Expected a Memopad with a socket; this one has none.');
  const socketUrl = async () =>
    values.socket ?? (await readEndpoints(values['data-dir']))?.socket ?? first;
  return { url, credentials, socketUrl, padId: values.pad, since: values.since };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { parseFlags, UsageError } from '#scripts/commandLine.ts';
import type { Credentials } from './api.ts';

/** What the person asked for. */
export interface TransferOptions {
  readonly folder: string;
  /** The viewer's personal pad when left out. */
  readonly padId?: string | undefined;
  readonly url: string;
  readonly credentials: Credentials;
}

/** What every command takes that talks to a Memopad. */
export const CONNECTION_FLAGS = {
  pad: { type: 'string' },
  email: { type: 'string' },
  token: { type: 'string' },
  url: { type: 'string' },
  'data-dir': { type: 'string', default: '.memopad' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Where a command connects to, and as whom. */
export interface ConnectionOptions {
  readonly url: string;
  readonly credentials: Credentials;
  /** What the running Memopad says of itself; undefined when --url names another. */
  readonly running: RunningMemopad | undefined;
}

export const FLAG_LINES = `
  --pad ID          the pad; your personal pad when left out
  --email ADDRESS   signs in; the password is asked for, or read from MEMOPAD_PASSWORD
  --token TOKEN     an access token instead (good for 15 minutes)
  --url URL         the GraphQL endpoint; the running Memopad's when left out
  --data-dir DIR    where the running Memopad keeps its data (.memopad)
Without --email and --token the demo account signs in.`;

/** Reads the command line; what it leaves out comes from the running Memopad's endpoints.json. @throws UsageError */
export async function readOptions(args: readonly string[]): Promise<TransferOptions | 'help'> {
  refuseSwallowedFlags(CONNECTION_FLAGS, 'FOLDER ');
  const { values, positionals } = parseFlags({
    args: [...args],
    options: CONNECTION_FLAGS,
    allowPositionals: true,
  });
  if (values.help) return 'help';
  const [folder, ...more] = positionals;
  if (!folder || more.length > 0) {
    throw new UsageError(`Expected one folder, got ${positionals.length}.`);
  }
  const { url, credentials } = await readConnection(values);
  return { folder, padId: values.pad, url, credentials };
}

interface ConnectionValues {
  readonly 'data-dir': string;
  readonly email?: string | undefined;
  readonly token?: string | undefined;
  readonly url?: string | undefined;
}

/** What the flags leave out comes from the running Memopad's endpoints.json. @throws UsageError */
export async function readConnection(values: ConnectionValues): Promise<ConnectionOptions> {
  if (values.email && values.token) throw new UsageError('Expected --email or --token, got both.');
  const running = values.url ? undefined : await readEndpoints(values['data-dir']);
  const url = values.url ?? running?.federated;
  if (!url) {
    throw new UsageError(
      `No Memopad is running with the data folder ${values['data-dir']}. Start it with \`npm start\`, or give --url.`,
    );
  }
  return { url, credentials: await readCredentials(values, running?.demo), running };
}

/** Without two dashes npm takes flags for its own, and the command would go somewhere else. @throws UsageError */
export function refuseSwallowedFlags(flags: object, operands = ''): void {
  const swallowed = Object.keys(flags).find(
    (flag) => process.env[`npm_config_${flag.replaceAll('-', '_')}`] !== undefined,
  );
  if (!swallowed) return;
  throw new UsageError(`Expected two dashes before the flags: \`-- ${operands}--${swallowed} …\`.`);
}

export interface RunningMemopad {
  readonly federated: string;
  /** Where changes are watched. */
  readonly socket?: string | undefined;
  /** The same API through AppSync, and where its changes are watched. */
  readonly appsync?: string | undefined;
  readonly appsyncRealtime?: string | undefined;
  readonly demo?: { readonly email: string; readonly password: string } | undefined;
}

/** Undefined when nothing runs there. */
export async function readEndpoints(dataDir: string): Promise<RunningMemopad | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, 'endpoints.json'), 'utf8')) as RunningMemopad;
  } catch {
    return undefined;
  }
}

async function readCredentials(
  { email, token }: { email?: string | undefined; token?: string | undefined },
  demo: RunningMemopad['demo'],
): Promise<Credentials> {
  if (token) return { token };
  if (email) return { email, password: process.env.MEMOPAD_PASSWORD ?? (await askPassword(email)) };
  if (demo) return { email: demo.email, password: demo.password };
  throw new UsageError('Expected --email or --token: this Memopad has no demo account.');
}

/** Asks on the terminal without showing what is typed. */
async function askPassword(email: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError(
      'Expected the password in MEMOPAD_PASSWORD: there is no terminal to ask on.',
    );
  }
  process.stderr.write(`Password of ${email}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  const password = await terminal.question('');
  terminal.close();
  process.stderr.write('\n');
  return password;
}

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';

const NAME = 'aws-amplify';
const VERSION = '6.22.1';
const FOLDER = join(tmpdir(), `memopad-${NAME}-${VERSION}`);

export interface AmplifyClient {
  graphql(options: {
    readonly query: string;
    readonly variables?: object;
    readonly authMode: 'oidc' | 'apiKey';
  }): unknown;
}

/** What of AWS Amplify is tried out. */
export interface Amplify {
  readonly Amplify: { configure(resources: object, libraryOptions: object): void };
  generateClient(): AmplifyClient;
}

/** AWS Amplify from a folder of its own: it has a thousand files that nobody else here needs. Installed when it isn't there. */
export async function loadAmplify(say: (text: string) => void): Promise<Amplify> {
  if (!existsSync(join(FOLDER, 'node_modules', NAME, 'package.json'))) {
    say(`Installing ${NAME} ${VERSION} into ${FOLDER} …`);
    mkdirSync(FOLDER, { recursive: true });
    const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
    await promisify(execFile)('npm', ['install', `${NAME}@${VERSION}`, ...flags], {
      cwd: FOLDER,
      shell: process.platform === 'win32',
    });
  }
  // Before it is loaded: it takes whatever WebSocket there is.
  Object.assign(globalThis, { WebSocket: PlainWebSocket });
  const require = createRequire(join(FOLDER, 'package.json'));
  const { Amplify } = require(NAME);
  const { generateClient } = require(`${NAME}/api`);
  return { Amplify, generateClient };
}

/** Amplify always asks for TLS, which a laptop's loopback address has no certificate for. */
class PlainWebSocket extends WebSocket {
  constructor(url: string, protocols?: string | string[]) {
    super(url.replace(/^wss:/, 'ws:'), protocols);
  }
}

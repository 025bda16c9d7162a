import { randomInt } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { takeGivenEngine } from './givenEngine.ts';
import { freePort } from './ports.ts';
import { StartError } from './startError.ts';
import { startTied, type TiedProcess } from './tiedProcess.ts';

const READY_WITHIN_MS = 10_000;
const POLL_MS = 5;
const ANSWER_WITHIN_MS = 200;
/** The engine also refuses a port that somebody listens on at another address, which no look at ours can tell. */
const MAX_PORTS_TRIED = 5;

/** A DynamoDB-compatible engine that is ready for requests. */
export interface Engine {
  /** The URL of its API. */
  readonly endpoint: string;
  /** Resolves when the engine has ended, with what it said last; never for an endpoint that isn't ours. */
  readonly ended: Promise<string>;
  /** Ends the engine, if it is ours, and waits until its file is closed. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** The database file; in memory when left out. */
  readonly file?: string | undefined;
  /** Any DynamoDB-compatible endpoint to use instead of starting one: the variable DYNAMODB_ENDPOINT. */
  readonly endpoint?: string | undefined;
  /** Proposes a port of an address, once for each try; a free one by default. */
  readonly choosePort?: (host: string) => Promise<number>;
}

/** Starts the embedded engine, or uses the endpoint given. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const { file, endpoint, choosePort = freePort } = options;
  if (endpoint) return takeGivenEngine(endpoint);
  const command = [findEngine(), ...(file ? ['--db-path', file] : [])];
  for (let triesLeft = MAX_PORTS_TRIED - 1; ; triesLeft -= 1) {
    try {
      return await startAtSomePort(command, choosePort);
    } catch (error) {
      if (!(error instanceof PortTaken) || triesLeft === 0) throw error;
    }
  }
}

/** Somebody took the port between our look and the engine's. */
class PortTaken extends StartError {}

async function startAtSomePort(
  [file = '', ...options]: readonly string[],
  choosePort: (host: string) => Promise<number>,
): Promise<Engine> {
  const host = chooseHost();
  const port = await choosePort(host);
  const program = startTied(file, ['--host', host, '--port', String(port), ...options]);
  const url = `http://${host}:${port}`;
  await waitUntilReady(url, program);
  return { endpoint: url, ended: program.ended, stop: () => program.stop() };
}

/**
 * The engine lets every web page in: it answers CORS preflights with `*` and checks neither signature
 * nor Host. A page must not find it, so its address is another one at every start. All of 127.0.0.0/8
 * is this machine on Linux; elsewhere only 127.0.0.1 is, and the port alone must be guessed.
 */
function chooseHost(): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  return `127.${[0, 0, 0].map(() => randomInt(1, 255)).join('.')}`;
}

/** Where the engine's program is. @throws with the three ways to get one. */
export function findEngine(): string {
  const found = findPackaged() ?? findOnPath();
  if (found) return found;
  throw new StartError(
    [
      `No DynamoDB engine for ${process.platform}-${process.arch} is installed. One of these brings it:`,
      '  npm ci                                 on Linux x64, where the engine is an optional dependency',
      '  npm i --no-save dynoxide@1.2.1         or any `dynoxide` on the PATH',
      '  DYNAMODB_ENDPOINT=http://127.0.0.1:8000  any DynamoDB-compatible endpoint, such as DynamoDB Local',
    ].join('\n'),
  );
}

function findPackaged(): string | undefined {
  try {
    const name = `@dynoxide/${process.platform}-${process.arch}/package.json`;
    return join(createRequire(import.meta.url).resolve(name), '..', 'dynoxide');
  } catch {
    return undefined;
  }
}

function findOnPath(): string | undefined {
  const folders = [join('node_modules', '.bin'), ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, 'dynoxide')).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function waitUntilReady(url: string, program: TiedProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && program.isRunning()) {
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  if (!program.isRunning()) {
    const lastWords = await program.ended;
    const Problem = lastWords.includes('already in use') ? PortTaken : StartError;
    throw new Problem(`The DynamoDB engine ended while starting at ${url}. ${lastWords}`);
  }
  await program.stop();
  throw new StartError(
    `Expected the DynamoDB engine to answer at ${url} within ${READY_WITHIN_MS} ms.`,
  );
}

/** Not `fetch`, which takes longer to load than the engine to start. Somebody else at its port isn't the engine. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: ANSWER_WITHIN_MS }, (response) => {
      response.resume().on('end', () => resolve('x-dynoxide-version' in response.headers));
    });
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false));
    request.on('close', () => resolve(false));
  });
}

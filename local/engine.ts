import { randomInt } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { freePort } from './ports.ts';
import { StartError } from './startError.ts';
import { startTied, type TiedProcess } from './tiedProcess.ts';

const READY_WITHIN_MS = 10_000;
const POLL_MS = 5;

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
}

/** Starts the embedded engine, or uses the endpoint given. */
export async function startEngine({ file, endpoint }: EngineOptions = {}): Promise<Engine> {
  if (endpoint) return { endpoint, ended: new Promise(() => {}), stop: async () => {} };
  const host = chooseHost();
  const port = await freePort(host);
  const program = startTied(findEngine(), [
    ...['--host', host, '--port', String(port)],
    ...(file ? ['--db-path', file] : []),
  ]);
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
    throw new StartError(
      `The DynamoDB engine ended while starting at ${url}. ${await program.ended}`,
    );
  }
  await program.stop();
  throw new StartError(
    `Expected the DynamoDB engine to answer at ${url} within ${READY_WITHIN_MS} ms.`,
  );
}

/** Not `fetch`, which takes longer to load than the engine to start. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, (response) => response.resume().on('end', () => resolve(true))).on('error', () =>
      resolve(false),
    );
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { freePort } from './ports.ts';

const HOST = '127.0.0.1';
const READY_WITHIN_MS = 10_000;
const POLL_MS = 5;

/** A DynamoDB-compatible engine that is ready for requests. */
export interface Engine {
  /** The URL of its API. */
  readonly endpoint: string;
  /** Ends the engine, if it is ours, and waits until its file is closed. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** The database file; in memory when left out. */
  readonly file?: string | undefined;
  /** A free one when left out. */
  readonly port?: number | undefined;
  /** Any DynamoDB-compatible endpoint to use instead of starting one: the variable DYNAMODB_ENDPOINT. */
  readonly endpoint?: string | undefined;
}

/** Starts the embedded engine, or uses the endpoint given. */
export async function startEngine({ file, port, endpoint }: EngineOptions = {}): Promise<Engine> {
  if (endpoint) return { endpoint, stop: async () => {} };
  const chosenPort = port ?? (await freePort());
  const child = spawnTied(findEngine(), [
    '--port',
    String(chosenPort),
    ...(file ? ['--db-path', file] : []),
  ]);
  const url = `http://${HOST}:${chosenPort}`;
  await waitUntilReady(url, child);
  return { endpoint: url, stop: () => stopChild(child) };
}

/** Where the engine's program is. @throws with the three ways to get one. */
export function findEngine(): string {
  const found = findPackaged() ?? findOnPath();
  if (found) return found;
  throw new Error(
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

/** Runs a program until it ends by itself or descriptor 3, a pipe from us, is closed. */
const TIED = `
exec 3<&0
"$@" 3<&- </dev/null & program=$!
(cat <&3 >/dev/null; kill "$program") & watcher=$!
exec 3<&-
wait "$program"; code=$?
kill "$watcher" 2>/dev/null
exit "$code"`;

/**
 * Starts a program that ends with us, even when we are killed with -9: only we hold the other end
 * of the pipe, and the kernel closes it. Otherwise an orphan would keep the file and the port.
 * Detached, so that Ctrl-C in a terminal reaches only us, and we end it after the last request.
 */
function spawnTied(program: string, args: readonly string[]): ChildProcess {
  return spawn('/bin/sh', ['-c', TIED, 'tied', program, ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await answers(url)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await stopChild(child);
  throw new Error(`The DynamoDB engine did not answer at ${url} within ${READY_WITHIN_MS} ms.`);
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.text();
    return true;
  } catch {
    return false;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin?.end();
  await exited;
}

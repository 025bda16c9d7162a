import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Usage } from '#tests/bench/harness/child.ts';
import { type Core, nodeCommand } from '#tests/bench/harness/processes.ts';

const READY_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 10_000;
const POLL_MS = 2;

/** What a running Memopad says of itself in its data folder. */
export interface Endpoints {
  readonly federated: string;
  readonly health: string;
  readonly demo: { readonly email: string; readonly password: string };
}

/** A Memopad that was started the way `npm start` does, without npm itself. */
export interface Memopad extends Endpoints {
  /** From the start of the process to the first healthy answer. */
  readonly readyAfterMs: number;
  usage(): Usage;
  stop(): Promise<void>;
}

export interface MemopadOptions {
  /** Where it keeps its data. */
  readonly dataDir: string;
  readonly core?: Core | undefined;
  /** An engine to use instead of its own. */
  readonly engine?: string | undefined;
}

/** Starts a Memopad on a free port and waits until it is healthy. */
export async function startMemopad(options: MemopadOptions): Promise<Memopad> {
  const { dataDir } = options;
  const startedAt = performance.now();
  const child = spawnMemopad(options);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGINT');
    const killer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
    await exited;
    clearTimeout(killer);
  };
  process.once('exit', () => child.kill('SIGKILL'));
  try {
    const isRunning = () => child.exitCode === null;
    const endpoints = await waitForEndpoints(dataDir, isRunning);
    const readyAfterMs = performance.now() - startedAt;
    return { ...endpoints, readyAfterMs, usage: () => readUsage(child.pid), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs an action with an empty folder that is gone afterwards. */
export async function withFolder<Result>(
  action: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'memopad-bench-'));
  try {
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function spawnMemopad({ dataDir, core, engine }: MemopadOptions) {
  const [command, args] = nodeCommand('scripts/start.js', core);
  return spawn(command, [...args, '--port', '0', '--data-dir', dataDir], {
    cwd: new URL('../../..', import.meta.url).pathname,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...(engine && { DYNAMODB_ENDPOINT: engine }),
    },
  });
}

async function waitForEndpoints(dataDir: string, isRunning: () => boolean): Promise<Endpoints> {
  const file = join(dataDir, 'endpoints.json');
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && isRunning()) {
    const endpoints = existsSync(file) && parse(readFileSync(file, 'utf8'));
    if (endpoints && (await isHealthy(endpoints.health))) return endpoints;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`Memopad was not healthy within ${READY_WITHIN_MS} ms.`);
}

/** Undefined while the file is being written. */
function parse(text: string): Endpoints | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** From /proc, in ticks of 10 ms: this process is asked nothing that would disturb it. */
function readUsage(pid: number | undefined): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuMicros: ticks * 10_000, rssBytes: Number(fields[21]) * 4096 };
}

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTied, type TiedProcess } from '#local/tiedProcess.ts';
import type { Usage } from '#tests/bench/harness/child.ts';
import { type Core, nodeCommand } from '#tests/bench/harness/processes.ts';

const READY_WITHIN_MS = 60_000;
const POLL_MS = 2;

/** What a running Memopad says of itself in its data folder. */
export interface Endpoints {
  readonly federated: string;
  readonly health: string;
  /** Only as the templates say. */
  readonly appsync?: string;
  readonly pid: number;
  readonly demo: { readonly email: string; readonly password: string };
}

/** A Memopad that was started without npm itself. */
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
  /** As its templates say, with the laptop in the place of AWS, or as one program: the service itself, unless said otherwise. */
  readonly form?: 'templates' | 'one-process' | undefined;
}

/** Starts a Memopad on a free port and waits until it is healthy. It ends with us, however we end. */
export async function startMemopad(options: MemopadOptions): Promise<Memopad> {
  const startedAt = performance.now();
  const memopad = startTied('env', commandOf(options));
  try {
    const endpoints = await waitForEndpoints(options.dataDir, memopad);
    const readyAfterMs = performance.now() - startedAt;
    const usage = () => readUsage(endpoints.pid);
    return { ...endpoints, readyAfterMs, usage, stop: memopad.stop };
  } catch (error) {
    await memopad.stop();
    throw error;
  }
}

/** Runs an action with an empty folder that is gone afterwards. */
export async function withFolder<Result>(
  action: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'memopad-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await action(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** What `env` shall run, with the settings it shall have. */
function commandOf({ dataDir, core, engine, form }: MemopadOptions): string[] {
  const program = new URL('../../../scripts/start.js', import.meta.url).pathname;
  const [command, args] = nodeCommand(program, core);
  const settings = engine ? [`DYNAMODB_ENDPOINT=${engine}`] : [];
  const flags = form === 'templates' ? [] : ['--one-process'];
  return [...settings, command, ...args, ...flags, '--port', '0', '--data-dir', dataDir];
}

async function waitForEndpoints(dataDir: string, memopad: TiedProcess): Promise<Endpoints> {
  const file = join(dataDir, 'endpoints.json');
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && memopad.isRunning()) {
    const endpoints = existsSync(file) && parse(readFileSync(file, 'utf8'));
    if (endpoints && (await isHealthy(endpoints.health))) return endpoints;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  if (!memopad.isRunning()) throw new Error(await memopad.ended);
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
function readUsage(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuMicros: ticks * 10_000, rssBytes: Number(fields[21]) * 4096 };
}

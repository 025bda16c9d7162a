import type { LoadGenerator, LoadTask, Target } from '#tests/bench/harness/load.ts';
import { startProcess } from '#tests/bench/harness/processes.ts';
import type { Workload } from './queries.ts';

const CONNECTIONS = 50;
const MAX_WARM_UPS = 5;

/** One run of one set-up. */
export interface GatewaySample {
  readonly requestsPerSecond: number;
  readonly cpuMicrosPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMegabytes: number;
}

export interface MeasureOptions {
  /** The set-up's program, in setups/. */
  readonly file: string;
  readonly subgraphs: { readonly auth: string; readonly memo: string };
  readonly workload: Workload;
  readonly load: LoadGenerator;
  readonly seconds: number;
  /** How long it is warmed up at a time, until it has answered the workload's `warmUpRequests`. */
  readonly warmUpSeconds: number;
}

/** Starts a set-up afresh on the measured core, sees that it answers right, warms it up and measures it. */
export async function measureSetup(options: MeasureOptions): Promise<GatewaySample> {
  const { file, subgraphs, workload, load, seconds, warmUpSeconds } = options;
  const path = new URL(`./setups/${file}`, import.meta.url).pathname;
  const setup = await startProcess<Target>({ file: path, core: 0, options: { subgraphs } });
  try {
    const target = setup.details;
    const replyBytes = await checkReply(target, workload);
    const { bodies } = workload;
    const task = { ...target, bodies, connections: CONNECTIONS, replyBytes };
    await warmUp(load, { ...task, seconds: warmUpSeconds }, workload.warmUpRequests);
    const before = await setup.usage();
    const totals = await load.fire({ ...task, seconds });
    const after = await setup.usage();
    if (totals.failures > 0) throw new Error(`${file}: ${totals.failures} replies were not right.`);
    await checkReply(target, workload);
    return {
      requestsPerSecond: totals.requests / totals.seconds,
      cpuMicrosPerRequest: (after.cpuMicros - before.cpuMicros) / totals.requests,
      p50Ms: totals.p50Ms,
      p99Ms: totals.p99Ms,
      rssMegabytes: after.rssBytes / 2 ** 20,
    };
  } finally {
    await setup.stop();
  }
}

/** A slow set-up gets longer than a fast one, so that each has been compiled when it is measured. */
async function warmUp(load: LoadGenerator, task: LoadTask, requests: number): Promise<void> {
  let sent = 0;
  for (let times = 0; sent < requests && times < MAX_WARM_UPS; times += 1) {
    sent += (await load.fire(task)).requests;
  }
}

/** Sends the last body once; the size of its reply is what the load generator expects of the others. */
async function checkReply({ url, headers }: Target, workload: Workload): Promise<number> {
  const body = workload.bodies.at(-1) ?? '';
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  const memos = text.split('"displayName":"Person ').length - 1;
  if (response.status !== 200 || memos !== workload.memos || text.includes('"errors"')) {
    const got = `${response.status} with ${memos}: ${text.slice(0, 300)}`;
    throw new Error(`Expected 200 with ${workload.memos} memos, got ${got}`);
  }
  return Buffer.byteLength(text) + headBytes(response);
}

function headBytes(response: Response): number {
  return [...response.headers].reduce(
    (sum, [name, value]) => sum + name.length + value.length + 4,
    17,
  );
}

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '#tests/support/waitFor.ts';
import { startChaosCloud } from './cloud.ts';
import { gather } from './people.ts';
import { countRows } from './rows.ts';
import { Watcher } from './watcher.ts';

export interface CyclesResult {
  /** Rows of connections and subscriptions that were left. */
  readonly rows: number;
  /** Memory of the cloud's process after a tenth of the cycles, and after all, in MB. */
  readonly warmMb: number;
  readonly endMb: number;
}

const AT_ONCE = 20;

/** Connects, subscribes and disconnects so many times, some in order, some by breaking the connection. */
export async function runCycles(cycles: number): Promise<CyclesResult> {
  const folder = await mkdtemp(join(tmpdir(), 'memopad-chaos-'));
  const cloud = await startChaosCloud({ folder, seed: 1 });
  try {
    const { graphql, engine } = cloud.places();
    const { sessions, padIds } = await gather(graphql, 1, 1);
    const [session, padId] = [sessions[0], padIds[0]];
    if (!session || !padId) throw new Error('Expected somebody with a pad.');
    const cycle = async () => {
      const watcher = new Watcher({ url: () => cloud.places().socket, session, padId });
      await waitFor('being live', () => watcher.isCaughtUp);
      watcher.stop();
    };
    const run = async (count: number) => {
      for (let done = 0; done < count; done += AT_ONCE) {
        await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - done) }, cycle));
      }
    };
    await run(Math.ceil(cycles / 10));
    const warmMb = memoryMb(cloud.pid());
    await run(cycles - Math.ceil(cycles / 10));
    await waitFor('the last rows to go', async () => (await countRows(engine)) === 0);
    return { rows: await countRows(engine), warmMb, endMb: memoryMb(cloud.pid()) };
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** VmRSS of proc_pid_status(5); 0 where there is no /proc. */
function memoryMb(pid: number): number {
  try {
    const [, kilobytes = '0'] =
      /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    return 0;
  }
}

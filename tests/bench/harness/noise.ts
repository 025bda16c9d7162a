import { readdirSync, readFileSync } from 'node:fs';

/** Foreign processes may take this share of one core in a round that counts. */
export const CALM_SHARE = 0.15;
/** The unit of /proc on every Linux Node runs on (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

/** Says which share of one core others took since it was made: programs that aren't ours, and other guests of the host. */
export type NoiseWatch = () => number | undefined;

/** Watches from now on. Undefined where there is no /proc. */
export function watchNoise(): NoiseWatch {
  const before = readTicks();
  const startedAt = performance.now();
  return () => {
    const after = readTicks();
    if (!before || !after) return undefined;
    const seconds = (performance.now() - startedAt) / 1000;
    const foreign = after.busy - before.busy - (after.ours - before.ours);
    return Math.max(0, foreign / TICKS_PER_SECOND / seconds);
  };
}

interface Ticks {
  readonly busy: number;
  readonly ours: number;
}

function readTicks(): Ticks | undefined {
  try {
    const busy = busyTicks(readFileSync('/proc/stat', 'utf8'));
    return { busy, ours: ticksOfTree(process.pid, readProcesses()) };
  } catch {
    return undefined;
  }
}

/** The first line of /proc/stat (proc_stat(5)): user, nice, system, …, steal; interrupts belong to no process. */
export function busyTicks(stat: string): number {
  const [, user = 0, nice = 0, system = 0, , , , , steal = 0] = (stat.split('\n')[0] ?? '')
    .split(/\s+/)
    .map(Number);
  return user + nice + system + steal;
}

export interface ProcessTicks {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

/**
 * One /proc/<pid>/stat (proc_pid_stat(5)); the name in brackets may hold spaces and brackets.
 * What children took that have ended (cutime, cstime) counts for their parent, so that nothing is lost.
 */
export function parseProcess(stat: string): ProcessTicks {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15).map(Number);
  const ticks = utime + stime + cutime + cstime;
  return { pid: Number.parseInt(stat, 10), parent: Number(fields[1]), ticks };
}

/** What a process and all its descendants took. */
export function ticksOfTree(root: number, processes: readonly ProcessTicks[]): number {
  const own = processes.find(({ pid }) => pid === root)?.ticks ?? 0;
  const children = processes.filter(({ parent }) => parent === root);
  return children.reduce((sum, { pid }) => sum + ticksOfTree(pid, processes), own);
}

function readProcesses(): ProcessTicks[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      return [parseProcess(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
    } catch {
      return []; // it ended between the two reads
    }
  });
}

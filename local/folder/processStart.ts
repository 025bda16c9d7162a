import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { errorCode } from '#local/errorCode.ts';

/** The place of `starttime` in /proc/PID/stat behind the name in brackets: proc(5). */
const START_TIME_FIELD = 19;

/**
 * When a process started, as a text to compare: the system gives a dead process's id to new
 * ones, but not with the same start. Null when there is no such process, or no telling.
 */
export function processStart(pid: number): string | null {
  try {
    if (process.platform === 'linux') return startOnLinux(pid);
    if (process.platform === 'win32') return null;
    const ps = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.trim() || null;
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process may not be signalled, but it is there.
    return errorCode(error) === 'EPERM';
  }
}

/** Ticks since the machine started, which count from 0 again after the next start. */
function startOnLinux(pid: number): string {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return `${boot} ${fields[START_TIME_FIELD]}`;
}

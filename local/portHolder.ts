import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The state of a listening socket in /proc/net/tcp: proc(5). */
const LISTENING = '0A';
const MAX_COMMAND_LENGTH = 80;

/** Who listens on a port, for a message: `process 123 (node server.js)`. Undefined when the system doesn't tell us. */
export function describePortHolder(port: number): string | undefined {
  return attempt(() => {
    const pid = process.platform === 'linux' ? findOnLinux(port) : findWithLsof(port);
    return pid === undefined ? undefined : `process ${pid}${describeCommand(pid)}`;
  });
}

function findOnLinux(port: number): number | undefined {
  const sockets = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningSockets(file, port)),
  );
  return processes().find((pid) => openFiles(pid).some((file) => sockets.has(file)));
}

function listeningSockets(file: string, port: number): string[] {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync(file, 'utf8').split('\n').slice(1);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, address, , state]) => address?.endsWith(ending) && state === LISTENING)
    .map((fields) => `socket:[${fields[9]}]`);
}

function processes(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** What can't be looked at is left out: it was closed meanwhile, or isn't ours. */
function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  const names = attempt(() => readdirSync(folder)) ?? [];
  return names.flatMap((name) => attempt(() => readlinkSync(`${folder}/${name}`)) ?? []);
}

function attempt<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function findWithLsof(port: number): number | undefined {
  const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'];
  const [first] = execFileSync('lsof', args, { encoding: 'utf8' }).split('\n');
  return first ? Number(first) : undefined;
}

function describeCommand(pid: number): string {
  const command =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  const text = command.trim().slice(0, MAX_COMMAND_LENGTH);
  return text ? ` (${text})` : '';
}

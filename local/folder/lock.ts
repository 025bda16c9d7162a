import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode } from '#local/errorCode.ts';
import { isAlive, processStart } from './processStart.ts';

const MAX_TRIES = 5;

/** Someone else holds the lock. */
export class LockedError extends Error {
  readonly pid: number;

  constructor(pid: number) {
    super(`Process ${pid} holds the lock.`);
    this.pid = pid;
  }
}

/**
 * Takes a lock that one running process can have; a process that was killed loses it, even when
 * its id belongs to another one by now. @returns what gives it back. @throws LockedError
 */
export function takeLock(file: string): () => void {
  const mine = JSON.stringify({ pid: process.pid, start: processStart(process.pid) });
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    if (create(file, mine)) return () => giveBack(file, mine);
    const found = read(file);
    const holder = found === undefined ? undefined : runningHolder(found);
    if (holder !== undefined) throw new LockedError(holder);
    if (found !== undefined) takeAway(file, found);
  }
  throw new Error(`Expected to take ${file} within ${MAX_TRIES} tries: others keep taking it.`);
}

/** The running process that has the lock, if there is one. */
export function lockHolder(file: string): number | undefined {
  const found = read(file);
  return found === undefined ? undefined : runningHolder(found);
}

/** A link appears with its text at once, so that nobody reads a lock without its holder. */
function create(file: string, text: string): boolean {
  const prepared = `${file}.${process.pid}`;
  writeFileSync(prepared, text);
  try {
    linkSync(prepared, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(prepared, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function runningHolder(text: string): number | undefined {
  const { pid, start } = parse(text);
  if (typeof pid !== 'number' || !isAlive(pid)) return undefined;
  const found = processStart(pid);
  return !start || !found || start === found ? pid : undefined;
}

function parse(text: string): { pid?: unknown; start?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Moves a dead holder's lock aside; what turns out to be a new holder's, taken in between, is put back. */
function takeAway(file: string, stale: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, file);
  } catch {
    // Another start was faster: the next try sees whose it is.
  } finally {
    rmSync(aside, { force: true });
  }
}

function giveBack(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true });
}

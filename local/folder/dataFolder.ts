import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '#local/errorCode.ts';
import { StartError } from '#local/startError.ts';
import { readEndpoints } from './endpoints.ts';
import { LockedError, takeLock } from './lock.ts';
import { makeFolder } from './makeFolder.ts';
import { readSettings, type Settings, writeSettings } from './settings.ts';
import { UNFINISHED } from './writeAtomically.ts';

const DATABASE = 'memopad.db';
const SETTINGS = 'memopad.json';
const LOCK = 'memopad.lock';
const LOGS = 'logs';
/** What a first start that was interrupted may have written before the file that says the folder is ours. */
const BEFORE_SETTINGS = /^memopad\.(lock(\.\d+)?|json\.tmp)$/;
/** Ours, the functions' and the HTTP APIs', each with the full ones before it. */
const LOG = /^memopad[\w-]*(\.\d)?\.log$/i;
/** Every other name we ever write. `--reset` deletes these and nothing else; SQLite adds the ones with a dash. */
const OURS: ReadonlySet<string> = new Set(
  [
    'signing-key.json',
    'endpoints.json',
    'events',
    DATABASE,
    `${DATABASE}-wal`,
    `${DATABASE}-shm`,
    `${DATABASE}-journal`,
  ].flatMap((name) => [name, `${name}${UNFINISHED}`]),
);

/** A data folder that only we use until it is closed. */
export interface DataFolder {
  readonly path: string;
  readonly database: string;
  readonly signingKey: string;
  readonly endpoints: string;
  readonly logs: string;
  /** Queues and places in streams. */
  readonly events: string;
  readonly settings: Settings;
  /** Where the settings stand. */
  readonly settingsFile: string;
  saveSettings(settings: Settings): void;
  close(): void;
}

/** Opens a folder, made when it isn't there; `reset` deletes what we had written into it. @throws StartError when it is someone else's or in use. */
export function openDataFolder(path: string, { reset }: { readonly reset: boolean }): DataFolder {
  makeFolder(path);
  refuseForeign(path);
  const unlock = lock(path);
  try {
    const file = join(path, SETTINGS);
    if (reset) {
      // First: whatever interrupts us, the folder says whose it is.
      writeSettings(file, {});
      empty(path);
    }
    let settings = readSettings(file);
    if (!settings) writeSettings(file, {});
    return {
      path,
      database: join(path, DATABASE),
      signingKey: join(path, 'signing-key.json'),
      endpoints: join(path, 'endpoints.json'),
      logs: join(path, LOGS),
      events: join(path, 'events'),
      settingsFile: file,
      get settings() {
        return settings ?? {};
      },
      saveSettings(changed) {
        settings = changed;
        writeSettings(file, settings);
      },
      close: unlock,
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A folder of something else is neither filled nor emptied. */
function refuseForeign(path: string): void {
  const names = list(path);
  if (names.includes(SETTINGS)) return;
  const foreign = names.find((name) => !BEFORE_SETTINGS.test(name));
  if (foreign === undefined) return;
  throw new StartError(
    `Expected ${path} to be empty or a data folder of Memopad's, but it has ${foreign} in it and no ${SETTINGS}.`,
  );
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    throw new StartError(`Expected to read the data folder ${path}: ${Object(error).message}.`);
  }
}

function lock(path: string): () => void {
  try {
    return takeLock(join(path, LOCK));
  } catch (error) {
    // A read-only folder or disk, for example.
    if (errorCode(error)) {
      throw new StartError(
        `Expected to write into the data folder ${path}: ${Object(error).message}.\n` +
          'Change its permissions, or choose another one with --data-dir DIR.',
      );
    }
    if (!(error instanceof LockedError)) throw error;
    const url = readEndpoints(join(path, 'endpoints.json'))?.federated;
    throw new StartError(
      `Memopad runs already with the data folder ${path}: process ${error.pid}${url ? `, ${url}` : ''}.\n` +
        'Stop it first, or start another one with --data-dir DIR --port 0.',
    );
  }
}

function empty(path: string): void {
  for (const name of readdirSync(path)) {
    if (OURS.has(name)) rmSync(join(path, name), { recursive: true, force: true });
    if (name === LOGS) emptyLogs(join(path, name));
  }
}

/** What others keep beside our logs stays, and the folder with it. */
function emptyLogs(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && LOG.test(entry.name)) rmSync(join(folder, entry.name), { force: true });
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

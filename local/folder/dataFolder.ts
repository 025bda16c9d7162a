import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '#local/startError.ts';
import { readEndpoints } from './endpoints.ts';
import { LockedError, takeLock } from './lock.ts';
import { readSettings, type Settings, writeSettings } from './settings.ts';
import { UNFINISHED } from './writeAtomically.ts';

const DATABASE = 'memopad.db';
const SETTINGS = 'memopad.json';
const LOCK = 'memopad.lock';
/** Every name we ever write. `--reset` deletes these and nothing else; SQLite adds the ones with a dash. */
const OURS: ReadonlySet<string> = new Set(
  [
    SETTINGS,
    'signing-key.json',
    'endpoints.json',
    'logs',
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
    if (reset) empty(path);
    let settings = readSettings(file);
    if (!settings) writeSettings(file, {});
    return {
      path,
      database: join(path, DATABASE),
      signingKey: join(path, 'signing-key.json'),
      endpoints: join(path, 'endpoints.json'),
      logs: join(path, 'logs'),
      events: join(path, 'events'),
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

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(`Expected to make the data folder ${path}: ${Object(error).message}.`);
  }
}

/** A folder of something else is neither filled nor emptied. */
function refuseForeign(path: string): void {
  const names = readdirSync(path);
  if (names.includes(SETTINGS)) return;
  const foreign = names.filter((name) => !OURS.has(name) && !name.startsWith(LOCK));
  if (foreign.length === 0) return;
  throw new StartError(
    `Expected ${path} to be empty or a data folder of Memopad's, but it has ${foreign[0]} in it and no ${SETTINGS}.`,
  );
}

function lock(path: string): () => void {
  try {
    return takeLock(join(path, LOCK));
  } catch (error) {
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
  }
}

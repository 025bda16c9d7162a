import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { isoTime } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { errorCode } from '#local/errorCode.ts';

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT_FILES = 3;
const WRITE_EVERY_MS = 100;

export interface LogFileOptions {
  readonly folder: string;
  /** Gets every line too: `--verbose`. */
  readonly print?: ((line: string) => void) | undefined;
  readonly clock?: Clock | undefined;
  /** When a file is full and becomes `memopad.1.log`; 5 MiB when left out. The last three are kept. */
  readonly maxBytes?: number | undefined;
}

export interface LogFile {
  readonly log: Log;
  /** Writes what is left. */
  close(): void;
}

/**
 * Opens `memopad.log`: one JSON line an entry. Lines are collected and written together, so that a
 * request doesn't wait for the disk; a kill -9 may lose the last tenth of a second of them.
 */
export function openLogFile(options: LogFileOptions): LogFile {
  const { folder, print, clock = Date.now, maxBytes = MAX_BYTES } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = waiting;
    waiting = '';
    if (text) append(folder, text, maxBytes);
  };
  return {
    log(entry) {
      const line = JSON.stringify({ time: isoTime(clock()), ...entry });
      print?.(line);
      waiting += `${line}\n`;
      timer ??= setTimeout(flush, WRITE_EVERY_MS).unref();
    },
    close: flush,
  };
}

/** A full disk must not stop the service: then the lines are lost. */
function append(folder: string, text: string, maxBytes: number): void {
  try {
    const file = openSync(join(folder, 'memopad.log'), 'a', 0o600);
    writeSync(file, text);
    const { size } = fstatSync(file);
    closeSync(file);
    if (size >= maxBytes) rotate(folder);
  } catch {
    // There is no other place to say it.
  }
}

/** memopad.2.log → memopad.3.log, memopad.1.log → memopad.2.log, memopad.log → memopad.1.log. */
function rotate(folder: string): void {
  for (let number = KEPT_FILES - 1; number >= 0; number -= 1) {
    const from = number === 0 ? 'memopad.log' : `memopad.${number}.log`;
    try {
      renameSync(join(folder, from), join(folder, `memopad.${number + 1}.log`));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
}

import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const WRITE_EVERY_MS = 100;
const MAX_BYTES = 5 * 1024 * 1024;

export interface FunctionLogsOptions {
  readonly folder: string;
  /** Gets every line too: `--verbose`. */
  readonly print?: ((line: string) => void) | undefined;
  /** When a file is full and becomes `<function>.1.log`, whose former text is gone; 5 MiB when left out. */
  readonly maxBytes?: number | undefined;
}

export interface FunctionLogs {
  readonly onLog: (functionName: string, line: string) => void;
  /** Writes what is left. */
  close(): void;
}

/** Keeps what functions write in `<function>.log`, collected and written a tenth of a second later. */
export function openFunctionLogs(options: FunctionLogsOptions): FunctionLogs {
  const { folder, print, maxBytes = MAX_BYTES } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const waiting = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const [name, text] of waiting) append(join(folder, fileName(name)), text, maxBytes);
    waiting.clear();
  };
  return {
    onLog(name, line) {
      print?.(`${name}: ${line}`);
      waiting.set(name, `${waiting.get(name) ?? ''}${line}\n`);
      timer ??= setTimeout(flush, WRITE_EVERY_MS).unref();
    },
    close: flush,
  };
}

/** Names in a template are free of slashes, but nothing here has checked that. */
const fileName = (functionName: string): string => functionName.replace(/[^\w-]/g, '_');

/** A full disk must not stop the service: then the lines are lost. */
function append(file: string, text: string, maxBytes: number): void {
  try {
    appendFileSync(`${file}.log`, text, { mode: 0o600 });
    if (statSync(`${file}.log`).size >= maxBytes) renameSync(`${file}.log`, `${file}.1.log`);
  } catch {
    // There is no other place to say it.
  }
}

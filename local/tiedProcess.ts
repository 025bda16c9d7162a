import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

const MAX_LAST_WORDS = 2_000;
/** How a shell tells that a signal ended a program: 128 and the signal's number. */
const SIGNALLED = 128;

/** A program that ends with us, even when we are killed with -9. */
export interface TiedProcess {
  /** Resolves when it has ended, with why: the last it wrote to its standard error, or how it ended when that says nothing. */
  readonly ended: Promise<string>;
  isRunning(): boolean;
  /** Tells it to end and waits until it has. */
  stop(): Promise<void>;
}

/** Runs a program until it ends by itself or descriptor 3, a pipe from us, is closed. What it writes is for us alone. */
const TIED = `
umask 077
exec 3<&0
"$@" 3<&- </dev/null & program=$!
(cat <&3 >/dev/null; kill "$program") & watcher=$!
exec 3<&-
wait "$program"; code=$?
kill "$watcher" 2>/dev/null
exit "$code"`;

/**
 * Starts a program that ends with us: only we hold the other end of the pipe, and the kernel
 * closes it. Otherwise an orphan would keep its files and its port. Detached, so that Ctrl-C in a
 * terminal reaches only us, and we end it after the last request.
 */
export function startTied(program: string, args: readonly string[]): TiedProcess {
  const child = spawn('/bin/sh', ['-c', TIED, 'tied', program, ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = lastWords(child);
  return {
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      child.stdin?.end();
      await ended;
    },
  };
}

async function lastWords(child: ChildProcess): Promise<string> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-MAX_LAST_WORDS);
  });
  const [exitCode, shellSignal] = await once(child, 'exit');
  const signal = shellSignal ?? signalOf(exitCode);
  // What it said before it was killed isn't why.
  if (signal === 'SIGKILL') return 'It was ended by SIGKILL.';
  return words.trim() || `It ended with ${signal ?? `exit code ${exitCode}`}.`;
}

function signalOf(exitCode: number): string | undefined {
  const signals = Object.entries(constants.signals);
  return signals.find(([, number]) => number === exitCode - SIGNALLED)?.[0];
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { type Endpoints, readEndpoints } from '#local/folder/endpoints.ts';
import { waitFor } from '#tests/support/waitFor.ts';

/** Building the playground and the service comes first on a fresh clone. */
const READY_WITHIN_MS = 60_000;

/** A process that runs what `npm start` runs. */
export interface Program {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** Waits until it is ready. */
  ready(): Promise<Endpoints>;
  /** Waits until it has ended. */
  exitCode(): Promise<number | null>;
}

/** Starts programs and kills those that still run after each test of the file. */
export function usePrograms(): (dataDir: string, ...flags: string[]) => Program {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  return (dataDir, ...flags) => {
    const args = ['scripts/start.js', '--data-dir', dataDir, ...flags];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return watchProgram(child, dataDir);
  };
}

function watchProgram(child: ChildProcess, dataDir: string): Program {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close');
  const file = join(dataDir, 'endpoints.json');
  return {
    child,
    output: () => output,
    async ready() {
      await waitFor('the banner', () => isReady(child, output), READY_WITHIN_MS);
      const endpoints = existsSync(file) ? readEndpoints(file) : undefined;
      if (endpoints?.pid === child.pid && endpoints) return endpoints;
      throw new Error(`Expected endpoints.json of process ${child.pid}. It said: ${output}`);
    },
    async exitCode() {
      await ended;
      return child.exitCode;
    },
  };
}

function isReady(child: ChildProcess, output: string): boolean {
  if (child.exitCode === null) return output.includes('Ctrl-C stops it.');
  throw new Error(`It ended with exit code ${child.exitCode}. It said: ${output}`);
}

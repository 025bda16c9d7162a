import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type RunningMemopad, startMemopad } from '#local/start.ts';
import { ensurePlayground } from '#scripts/build-playground.js';
import { readStacks } from '#tests/support/stacks.ts';
import { launchChromium } from './chromium.ts';

export interface BrowsedMemopad {
  readonly browser: Browser;
  readonly memopad: RunningMemopad;
}

/** Starts Memopad, in memory, and a browser before the file's tests, and stops them after them. */
export function useBrowsedMemopad(how: { seed: boolean; oneProcess: boolean }): BrowsedMemopad {
  const dataDir = mkdtempSync(join(tmpdir(), 'memopad-browsed-'));
  const browsed: Partial<{ -readonly [Key in keyof BrowsedMemopad]: BrowsedMemopad[Key] }> = {};
  beforeAll(async () => {
    const [{ folder }, browser] = await Promise.all([ensurePlayground(), launchChromium()]);
    browsed.browser = browser;
    browsed.memopad = await startMemopad(
      {
        ...{ dataDir, port: 0, memory: true, reset: false, verbose: false, ...how },
        ...{ subgraphs: 'in-process', faults: undefined, awsTiming: false },
      },
      { say: () => undefined, playgroundFolder: folder, readStacks },
    );
  });
  afterAll(async () => {
    await browsed.browser?.close();
    await browsed.memopad?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return browsed as BrowsedMemopad;
}

/** What an answer in the playground holds. */
export function dataOf(answer: string): Record<string, Record<string, unknown>> {
  return JSON.parse(answer).data;
}

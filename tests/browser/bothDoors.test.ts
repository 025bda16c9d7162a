import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type RunningMemopad, startMemopad } from '#local/start.ts';
import { ensurePlayground } from '#scripts/build-playground.js';
import { readStacks } from '#tests/support/stacks.ts';
import { launchChromium } from './chromium.ts';
import { openPlayground } from './playgroundPage.ts';

// The first time, Chromium is unpacked, and the playground and all functions are bundled.
jest.setTimeout(120_000);

const dataDir = mkdtempSync(join(tmpdir(), 'memopad-both-doors-'));
let browser: Browser;
let memopad: RunningMemopad;

beforeAll(async () => {
  const [{ folder }, launched] = await Promise.all([ensurePlayground(), launchChromium()]);
  browser = launched;
  memopad = await startMemopad(
    {
      ...{ dataDir, port: 0, memory: true, reset: false, seed: true, verbose: false },
      ...{ subgraphs: 'in-process', faults: undefined, awsTiming: false, oneProcess: false },
    },
    { say: () => undefined, playgroundFolder: folder, readStacks },
  );
});

afterAll(async () => {
  await browser?.close();
  await memopad?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('whoever signed in at one door asks and watches through the other as well', async () => {
  const { playground, appsync } = memopad.endpoints;
  const page = await openPlayground(browser, { origin: new URL(playground).origin });
  await page.signInAsDemo();
  await page.openExample('Create a memo');
  const federated = dataOf(await page.run('"createMemo"'));
  await page.page.getByLabel('Door').selectOption('AppSync');
  const throughAppSync = dataOf(await page.run('"createMemo"'));
  expect(throughAppSync.createMemo).toMatchObject({ title: federated.createMemo?.title });
  expect(page.foreignRequests).toContain(appsync);

  await page.openExample('Watch your pad');
  expect(dataOf(await page.run('"caughtUp"'))).toMatchObject({ memoChanges: { caughtUp: true } });
  expect(page.complaints).toEqual([]);
  await page.close();
});

function dataOf(answer: string): Record<string, Record<string, unknown>> {
  return JSON.parse(answer).data;
}

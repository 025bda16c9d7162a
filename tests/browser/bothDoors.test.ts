import { expect, jest, test } from '@jest/globals';
import { dataOf, useBrowsedMemopad } from './memopad.ts';
import { openPlayground } from './playgroundPage.ts';

// The first time, Chromium is unpacked, and the playground and all functions are bundled.
jest.setTimeout(120_000);

const browsed = useBrowsedMemopad({ seed: true, oneProcess: false });

test('whoever signed in at one door asks and watches through the other as well', async () => {
  const { browser, memopad } = browsed;
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

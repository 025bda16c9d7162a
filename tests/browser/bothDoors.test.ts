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
  const stop = page.page.getByRole('button', { name: 'Stop query' });
  await stop.waitFor();
  await page.page.getByLabel('Door').selectOption('Federated');
  await stop.waitFor({ state: 'detached' });
  expect(page.complaints).toEqual([]);
  await page.close();
});

test('who asks at AppSync without being signed in reads what to do', async () => {
  const { browser, memopad } = browsed;
  const page = await openPlayground(browser, {
    origin: new URL(memopad.endpoints.playground).origin,
  });
  await page.page.getByLabel('Door').selectOption('AppSync');
  const answer = JSON.parse(await page.run('Not Authorized'));
  expect(answer.extensions.hint).toContain('Sign in on the left');
  if (process.env.SHOT) await page.page.screenshot({ path: process.env.SHOT });
  await page.close();
});

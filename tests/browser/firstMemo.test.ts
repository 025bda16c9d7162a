import { expect, jest, test } from '@jest/globals';
import { dataOf, useBrowsedMemopad } from './memopad.ts';
import { openPlayground } from './playgroundPage.ts';

// The first time, Chromium is unpacked and the playground is bundled.
jest.setTimeout(60_000);

const browsed = useBrowsedMemopad({ seed: false, oneProcess: true });

test('a person signs up at the playground, writes a first memo, and invites another', async () => {
  const { browser, memopad } = browsed;
  const { origin } = new URL(memopad.endpoints.playground);
  const owner = await openPlayground(browser, { origin });
  await signUp(owner.page, { email: 'mina@example.com', name: '이민아' });
  await owner.openExample('Create a memo');
  const { createMemo } = dataOf(await owner.run('"createMemo"'));
  expect(createMemo).toMatchObject({ title: '장보기 목록', version: 1, tags: ['집', '요리'] });
  await owner.openExample('Tick a task');
  const { setTaskDone } = dataOf(await owner.run('"setTaskDone"'));
  expect(setTaskDone).toMatchObject({ version: 2, tasks: [{ done: true }, {}, {}] });

  await owner.openExample('Make a shared pad');
  await owner.run('"createPad"');
  await owner.openExample('Share a pad by invite');
  const { createInvite } = dataOf(await owner.run('"createInvite"'));
  const invited = await openPlayground(browser, {
    origin,
    path: String(createInvite?.url).slice(origin.length),
  });
  await signUp(invited.page, { email: 'jun@example.com', name: '준' });
  const { acceptInvite } = dataOf(await invited.run('"acceptInvite"'));
  expect(acceptInvite).toMatchObject({ name: '우리 집 · Home', role: 'EDITOR' });

  for (const { foreignRequests, complaints, close } of [owner, invited]) {
    expect({ foreignRequests, complaints }).toEqual({ foreignRequests: [], complaints: [] });
    await close();
  }
});

async function signUp(
  page: Awaited<ReturnType<typeof openPlayground>>['page'],
  { email, name }: { readonly email: string; readonly name: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('blue kettle on a hill');
  await page.getByLabel('Name').fill(name);
  await page.locator('form button').click();
  await page.locator('.playground-badge', { hasText: name }).waitFor();
}

import { expect, test } from '@jest/globals';
import { createCleanup } from '#local/cleanup.ts';

test('closes the last first, one after the other, whatever fails', async () => {
  const closed: string[] = [];
  const cleanup = createCleanup();
  cleanup.add(() => closed.push('folder'));
  cleanup.add(() => Promise.reject(new Error('broken')));
  cleanup.add(async () => {
    await Promise.resolve();
    closed.push('server');
  });
  await cleanup.run();
  expect(closed).toEqual(['server', 'folder']);
});

test('closes nothing twice, and at once what is opened too late', async () => {
  const closed: string[] = [];
  const cleanup = createCleanup();
  cleanup.add(() => closed.push('early'));
  await cleanup.run();
  cleanup.add(() => closed.push('late'));
  await cleanup.run();
  expect(closed).toEqual(['early', 'late']);
});

import { expect, test } from '@jest/globals';
import { createSemaphore } from '#local/cloud/lambda/semaphore.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function startTasks(size: number, count: number) {
  const semaphore = createSemaphore(size);
  const began: number[] = [];
  const finish: (() => void)[] = [];
  const all = Array.from({ length: count }, (_none, index) =>
    semaphore.run(async () => {
      began.push(index);
      await new Promise<void>((resolve) => {
        finish[index] = resolve;
      });
      return index;
    }),
  );
  return { semaphore, began, finish, all };
}

test('tasks beyond the size wait for their turn, first come first served', async () => {
  const { began, finish, all } = startTasks(2, 4);
  await settled();
  expect(began).toEqual([0, 1]);
  finish[1]?.();
  await settled();
  expect(began).toEqual([0, 1, 2]);
  finish[0]?.();
  await settled();
  expect(began).toEqual([0, 1, 2, 3]);
  for (const one of finish) one();
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
});

test('a task that fails makes room too', async () => {
  const semaphore = createSemaphore(1);
  await expect(semaphore.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await semaphore.run(async () => 1)).toBe(1);
});

test('closing turns away those who wait and those who come', async () => {
  const { semaphore, finish, all } = startTasks(1, 2);
  await settled();
  semaphore.close(new Error('closed'));
  await expect(all[1]).rejects.toThrow('closed');
  await expect(semaphore.run(async () => 1)).rejects.toThrow('closed');
  finish[0]?.();
  expect(await all[0]).toBe(0);
});

import { expect, jest, test } from '@jest/globals';
import type { LogEntry } from '#domain/log.ts';
import { keepSwept } from '#local/sweeping.ts';

const HOUR_MS = 60 * 60 * 1000;

test('sweeps when it is time and once an hour, and ends when told to', async () => {
  jest.useFakeTimers();
  const found = [2, 0, 'broken'];
  let sweeps = 0;
  const logged: LogEntry[] = [];
  const end = keepSwept({
    async sweep() {
      const next = found[sweeps];
      sweeps += 1;
      if (typeof next === 'string') throw new Error(next);
      return next ?? 0;
    },
    log: (entry) => logged.push(entry),
    afterMs: 10,
  });
  expect(sweeps).toBe(0);
  await jest.advanceTimersByTimeAsync(10);
  expect(sweeps).toBe(1);
  await jest.advanceTimersByTimeAsync(2 * HOUR_MS);
  expect(sweeps).toBe(3);
  expect(logged).toEqual([
    { level: 'info', message: 'expired rows deleted', deleted: 2 },
    { level: 'warn', message: 'sweep failed', error: 'Error: broken' },
  ]);
  await end();
  await jest.advanceTimersByTimeAsync(2 * HOUR_MS);
  expect(sweeps).toBe(3);
  jest.useRealTimers();
});

test('waits at the end for the sweep that is running, and begins no other', async () => {
  jest.useFakeTimers();
  let finish: (deleted: number) => void = () => {};
  let sweeps = 0;
  const sweep = (): Promise<number> => {
    sweeps += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  };
  const end = keepSwept({ sweep, log: () => {} });
  await jest.advanceTimersByTimeAsync(0);
  const ending = end();
  finish(0);
  await ending;
  await jest.advanceTimersByTimeAsync(2 * HOUR_MS);
  expect(sweeps).toBe(1);
  jest.useRealTimers();
});

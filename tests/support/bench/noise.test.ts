import { describe, expect, test } from '@jest/globals';
import { busyTicks, parseProcess, ticksOfTree } from '#tests/bench/harness/noise.ts';

describe('the noise of the machine', () => {
  test('counts what processes and other guests took, not waiting or interrupts', () => {
    const stat = 'cpu  100 20 3 9000 800 70 60 5 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n';
    expect(busyTicks(stat)).toBe(128);
  });

  test('reads a process whose name looks like the fields behind it', () => {
    const stat = '42 (a) S 9 (b) R 7 42 42 0 -1 4194304 1 2 3 4 500 60 7 8 20 0 1 0 100';
    expect(parseProcess(stat)).toEqual({ pid: 42, parent: 7, ticks: 575 });
  });

  test('takes the bench and everything it started for its own', () => {
    const processes = [
      { pid: 1, parent: 0, ticks: 1000 },
      { pid: 10, parent: 1, ticks: 1 },
      { pid: 11, parent: 10, ticks: 20 },
      { pid: 12, parent: 11, ticks: 300 },
    ];
    expect(ticksOfTree(10, processes)).toBe(321);
  });
});

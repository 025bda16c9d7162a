import { describe, expect, test } from '@jest/globals';
import { alternate, joinNoise, median, medians } from '#tests/bench/harness/rounds.ts';

describe('the median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 2], 9],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('of nothing is no number', () => {
    expect(median([])).toBeNaN();
  });

  test('of samples is taken for each number by itself', () => {
    const samples = [
      { rate: 1, cpu: 30 },
      { rate: 2, cpu: 10 },
      { rate: 3, cpu: 20 },
    ];
    expect(medians(samples)).toEqual({ rate: 2, cpu: 20 });
  });
});

describe('rounds', () => {
  test('measure every contender once a round, in turn', async () => {
    const order: string[] = [];
    const { samples } = await alternate({
      contenders: ['ours', 'theirs'],
      rounds: 2,
      repeats: 2,
      measure: async (name) => order.push(name),
      watch: () => () => 0,
    });
    expect(order).toEqual(['ours', 'theirs', 'ours', 'theirs']);
    expect(samples.get('theirs')).toEqual([2, 4]);
  });

  test('measure a noisy run again and keep the first calm one', async () => {
    const shares = [0.5, 0.1];
    let runs = 0;
    const { samples, noise } = await alternate({
      contenders: ['ours'],
      rounds: 1,
      repeats: 2,
      measure: async () => (runs += 1),
      watch: () => () => shares.shift(),
    });
    expect(samples.get('ours')).toEqual([2]);
    expect(noise).toEqual({ shares: [0.1], repeated: 1 });
  });

  test('give up on a machine that stays noisy and keep the calmest run', async () => {
    const shares = [0.5, 0.3, 0.4, 0.2];
    let runs = 0;
    const { samples, noise } = await alternate({
      contenders: ['ours'],
      rounds: 1,
      repeats: 2,
      measure: async () => (runs += 1),
      watch: () => () => shares.shift(),
    });
    expect(samples.get('ours')).toEqual([2]);
    expect(noise).toEqual({ shares: [0.3], repeated: 2 });
  });

  test('add up the noise of several series', () => {
    const joined = joinNoise({ shares: [0.1], repeated: 1 }, { shares: [0.2], repeated: 2 });
    expect(joined).toEqual({ shares: [0.1, 0.2], repeated: 3 });
  });
});

import { describe, expect, test } from '@jest/globals';
import { oneAtATime } from '#domain/auth/oneAtATime.ts';

describe('work that is done one at a time', () => {
  test('waits for the work before it, in order', async () => {
    const log: string[] = [];
    const work = oneAtATime(async (name: string) => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      return name;
    });
    expect(await Promise.all([work('one'), work('two'), work('three')])).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(log).toEqual(
      ['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  test('goes on after work that failed, and tells whoever asked for that alone', async () => {
    const work = oneAtATime(async (isGood: boolean) => {
      if (!isGood) throw new Error('bad');
      return 'good';
    });
    const outcomes = await Promise.allSettled([work(false), work(true)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});

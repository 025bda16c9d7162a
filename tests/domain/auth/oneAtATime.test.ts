import { describe, expect, test } from '@jest/globals';
import { oneAtATime } from '#domain/auth/oneAtATime.ts';

describe('work that is done one at a time', () => {
  test('waits for the work before it, in order', async () => {
    const log: string[] = [];
    const work = oneAtATime(20, async (name: string) => {
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
    const work = oneAtATime(20, async (isGood: boolean) => {
      if (!isGood) throw new Error('bad');
      return 'good';
    });
    const outcomes = await Promise.allSettled([work(false), work(true)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  test('refuses what would wait behind too many, until they are done', async () => {
    const work = oneAtATime(2, async (name: string) => name);
    const answers = ['one', 'two', 'three'].map(work);
    await expect(work('four')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: 'Too many sign-ins at once. Try again.',
      details: { retryAfterSeconds: 1 },
    });
    expect(await Promise.all(answers)).toEqual(['one', 'two', 'three']);
    expect(await work('five')).toBe('five');
  });

  test('lets what else is ready have its turn in between', async () => {
    const log: string[] = [];
    const work = oneAtATime(2, async (name: string) => void log.push(name));
    const answers = ['one', 'two', 'three'].map(work);
    setImmediate(() => log.push('another request'));
    await Promise.all(answers);
    expect(log).toEqual(['one', 'another request', 'two', 'three']);
  });
});

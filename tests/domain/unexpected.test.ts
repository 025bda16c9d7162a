import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { describeUnexpected } from '#domain/unexpected.ts';
import { SubgraphOutOfReach } from '#domain/viewer/subgraphOutOfReach.ts';

const TEXT = 'dear diary\n    at the diary (diary.ts:1:1)';
const job = {} as { run(): void };

async function caught(action: () => unknown): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    return error;
  }
}

describe('what the log is told of an unexpected error', () => {
  test.each<[string, () => unknown]>([
    ['JSON.parse', () => JSON.parse(`{"title": ${TEXT}`)],
    ['an assignment to a text', () => Object.assign(Object.freeze([TEXT]), [1])],
    ['the operator in', () => 'title' in (TEXT as unknown as object)],
    ['Buffer.from', () => Buffer.from({ [TEXT]: 1 } as unknown as string)],
    ['new URL', () => new URL(TEXT)],
    ['anyone', () => Promise.reject(new Error(TEXT, { cause: new RangeError(TEXT) }))],
    ['anyone, as a text', () => Promise.reject(TEXT)],
  ])('is not the text that %s may quote', async (_, action) => {
    const description = describeUnexpected(await caught(action));
    expect(description).toMatch(/Error\n {4}at |^a thrown string$/);
    expect(description).not.toContain('diary');
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a missing object', () => (undefined as unknown as { id: string }).id, /reading 'id'/],
    ['a missing function', () => job.run(), /job.run is not a function/],
    [
      'a refused connection',
      () => new Promise((_, reject) => connect(1, '127.0.0.1').on('error', reject)),
      /ECONNREFUSED 127\.0\.0\.1:1/,
    ],
    [
      'our own words',
      () => Promise.reject(new SubgraphOutOfReach('http://a', 'no answer')),
      /http:\/\/a is out of reach: no answer/,
    ],
    [
      'AWS about a missing grant',
      () =>
        Promise.reject(
          new Error('User: arn:a is not authorized to perform: kms:Sign on resource: arn:b'),
        ),
      /kms:Sign on resource: arn:b/,
    ],
  ])('is the message of %s', async (_, action, message) => {
    expect(describeUnexpected(await caught(action))).toMatch(message);
  });

  test('is the chain of causes, each with its places in the code', () => {
    const error = new Error('outer', { cause: new Error('inner') });
    expect(describeUnexpected(error)).toMatch(/^Error\n {4}at [\s\S]*\ncaused by Error\n {4}at /);
  });
});

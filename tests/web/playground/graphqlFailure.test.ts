import { describe, expect, test } from '@jest/globals';
import { dataOf, GraphqlFailure } from '#web/playground/graphqlFailure.ts';

describe('GraphqlFailure', () => {
  test.each([
    [{ message: 'No.' }, 'No.'],
    [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }, 'FORBIDDEN: No.'],
    [
      { message: 'Too many.', extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 30 } },
      'RATE_LIMITED: Too many. Try again in 30 seconds.',
    ],
    [
      { message: 'Too many.', extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 1 } },
      'RATE_LIMITED: Too many. Try again in 1 second.',
    ],
  ])('says %j as a person would read it', (error, sentence) => {
    expect(new GraphqlFailure([error]).message).toBe(sentence);
  });

  test('says every error on a line of its own', () => {
    expect(new GraphqlFailure([{ message: 'One.' }, { message: 'Two.' }]).message).toBe(
      'One.\nTwo.',
    );
  });
});

describe('dataOf', () => {
  test('gives the data of an answer without errors', () => {
    expect(dataOf({ data: { me: null } })).toEqual({ me: null });
  });

  test('throws when there are errors, even beside data', () => {
    expect(() => dataOf({ data: { me: null }, errors: [{ message: 'Half.' }] })).toThrow('Half.');
  });

  test('throws when there is neither', () => {
    expect(() => dataOf({})).toThrow('The answer has no data.');
  });
});

import { describe, expect, test } from '@jest/globals';
import { createLambdaSource, FunctionError } from '#local/appsync/dataSources/lambdaSource.ts';
import { createNoneSource } from '#local/appsync/dataSources/noneSource.ts';

const invoked = (answer: (payload: unknown) => unknown) => {
  const calls: unknown[][] = [];
  const source = createLambdaSource({
    invoke: async (...call) => {
      calls.push(call);
      return answer(call[0]);
    },
  });
  return { source, calls };
};

const echo = () => invoked((payload) => payload);
const failing = (error: Error) =>
  invoked(() => {
    throw error;
  });

describe('a function', () => {
  test('gets the payload, and its answer is the result', async () => {
    const { source, calls } = invoked(() => ({ b: 2 }));
    const request = { operation: 'Invoke', payload: { a: 1 } };
    expect(await source.run(request)).toEqual({ result: { b: 2 } });
    expect(calls).toEqual([[{ a: 1 }, 'RequestResponse']]);
  });

  test('that answers nothing answers null', async () => {
    const { source } = invoked(() => undefined);
    expect(await source.run({ operation: 'Invoke' })).toEqual({ result: null });
  });

  test('that nobody waits for has null as its result', async () => {
    const { source, calls } = echo();
    const request = { operation: 'Invoke', invocationType: 'Event', payload: 1 };
    expect(await source.run(request)).toEqual({ result: null });
    expect(calls).toEqual([[1, 'Event']]);
  });

  test('that fails is an error with its message', async () => {
    const { source } = failing(new FunctionError('It broke'));
    const error = { message: 'It broke', type: 'Lambda:Unhandled' };
    expect(await source.run({ operation: 'Invoke' })).toEqual({ result: null, error });
  });

  test('that could not be invoked is an error of the name that AWS gives it', async () => {
    const refusal = Object.assign(new Error('Rate Exceeded.'), {
      name: 'TooManyRequestsException',
    });
    const { error } = await failing(refusal).source.run({ operation: 'Invoke' });
    expect(error).toEqual({ message: 'Rate Exceeded.', type: 'Lambda:TooManyRequestsException' });
  });

  test('does not hide a fault of ours', async () => {
    const { source } = failing(new TypeError('x is not a function'));
    await expect(source.run({ operation: 'Invoke' })).rejects.toThrow(TypeError);
  });
});

describe('a batch', () => {
  const batch = (...payloads: unknown[]) =>
    payloads.map((payload) => ({ operation: 'BatchInvoke', payload }));

  test('is one call with all payloads; each gets its result, errors of single ones as they are', async () => {
    const failed = { data: null, errorMessage: 'no', errorType: 'NO' };
    const { source, calls } = invoked(() => [{ x: 1 }, failed]);
    expect(await source.runBatch?.(batch('a', 'b'))).toEqual([
      { result: { x: 1 } },
      { result: failed },
    ]);
    expect(calls).toEqual([[['a', 'b'], 'RequestResponse']]);
  });

  test('of one, where batches are off, is a call with one payload', async () => {
    const { source, calls } = echo();
    expect(await source.run(batch('a')[0])).toEqual({ result: 'a' });
    expect(calls).toEqual([[['a'], 'RequestResponse']]);
  });

  test('fails as a whole when the function does', async () => {
    const { source } = failing(new FunctionError('It broke'));
    const outcome = { result: null, error: { message: 'It broke', type: 'Lambda:Unhandled' } };
    expect(await source.runBatch?.(batch('a', 'b'))).toEqual([outcome, outcome]);
  });

  test('fails as a whole when there are not as many results as payloads', async () => {
    const { source } = invoked(() => ['a']);
    const [first] = (await source.runBatch?.(batch('a', 'b'))) ?? [];
    expect(first?.error?.message).toBe('Expected a list of 2 results for a batch of 2.');
  });
});

test('no source at all gives the payload back', async () => {
  const none = createNoneSource();
  expect(await none.run({ payload: { a: 1 } })).toEqual({ result: { a: 1 } });
  expect(await none.run({})).toEqual({ result: null });
});

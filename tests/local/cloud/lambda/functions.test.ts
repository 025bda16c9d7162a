import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { waitFor } from '#tests/support/waitFor.ts';
import { FUNCTION_ARN, useFunctions } from './useFunctions.ts';

const start = useFunctions();

/** Answers when a file appears, so that a test decides how long an invocation takes. */
const WAITING = `
  import { existsSync } from 'node:fs';
  let count = 0;
  export const handler = async ({ file, who }) => {
    count += 1;
    if (file) console.log('waiting');
    while (file && !existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5));
    return { who, count };
  };`;

const COUNTING = 'let count = 0; export const handler = () => { count += 1; return count; };';

/** Goes on from each step, which it tells, when a file of its name appears beside it. */
const IN_TWO_STEPS = `
  import { existsSync } from 'node:fs';
  const end = async (step) => {
    console.log(step);
    const file = new URL(step, import.meta.url);
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await end('loading');
  export const handler = async () => {
    await end('running');
    return 'old';
  };`;

describe('an invocation', () => {
  test('gives the event to the handler and its answer back, both as JSON', async () => {
    const { functions } = start('export const handler = (event) => ({ got: event.who })');
    const { payload, functionError } = await functions.invoke('greeter', '{"who":"Ann"}');
    expect({ payload, functionError }).toEqual({ payload: '{"got":"Ann"}' });
  });

  test.each(['greeter', 'function:greeter', '000000000000:function:greeter', FUNCTION_ARN])(
    'finds the function by %s',
    async (name) => {
      const { functions } = start('export const handler = () => 1');
      expect((await functions.invoke(name, '{}')).payload).toBe('1');
      expect(functions.find(name)?.logicalId).toBe('Greeter');
    },
  );

  test('of a function that is not there is refused', async () => {
    const { functions } = start('export const handler = () => 1');
    await expect(functions.invoke('nobody', '{}')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    expect(functions.find('nobody')).toBeUndefined();
    expect(functions.find('no name!')).toBeUndefined();
  });

  test.each([
    ['nothing', 'undefined', 'null'],
    ['text', '"hello"', '"hello"'],
    ['a promise', 'Promise.resolve([1])', '[1]'],
  ])('may answer with %s', async (_what, source, expected) => {
    const { functions } = start(`export const handler = () => ${source}`);
    expect((await functions.invoke('greeter', '{}')).payload).toBe(expected);
  });

  test('finds what the one before left in its module', async () => {
    const { functions } = start(WAITING);
    await functions.invoke('greeter', '{}');
    expect(JSON.parse((await functions.invoke('greeter', '{}')).payload).count).toBe(2);
  });

  test('carries the context Lambda describes', async () => {
    const { functions } = start(
      `export const handler = (event, context) =>
        ({ ...context, remaining: context.getRemainingTimeInMillis() })`,
      {},
      { newRequestId: () => 'request-1' },
    );
    const { remaining, ...context } = JSON.parse((await functions.invoke('greeter', '{}')).payload);
    expect(context).toEqual({
      awsRequestId: 'request-1',
      functionName: 'greeter',
      functionVersion: '$LATEST',
      invokedFunctionArn: FUNCTION_ARN,
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/greeter',
      logStreamName: 'local/[$LATEST]1',
    });
    expect(remaining).toBeGreaterThan(5_000);
    expect(remaining).toBeLessThanOrEqual(10_000);
  });
});

describe('the environment variables', () => {
  test('are the template’s and Lambda’s, and none of this process', async () => {
    process.env.SECRET_OF_THIS_PROCESS = 'leaked';
    const { functions, definition } = start('export const handler = () => process.env', {
      environment: { TABLE_NAME: 'Memos', AWS_REGION: 'ap-northeast-2' },
    });
    const variables = JSON.parse((await functions.invoke('greeter', '{}')).payload);
    delete process.env.SECRET_OF_THIS_PROCESS;
    expect(variables).toEqual({
      TABLE_NAME: 'Memos',
      AWS_REGION: 'ap-northeast-2',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'greeter',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/greeter',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]1',
      LAMBDA_TASK_ROOT: definition.folder,
      LANG: 'en_US.UTF-8',
      PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
      TZ: ':UTC',
      _HANDLER: 'index.handler',
      _X_AMZN_TRACE_ID: expect.stringMatching(
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
      ),
    });
  });
});

test('an invocation is a part of its caller’s trace', async () => {
  const { functions } = start('export const handler = () => process.env._X_AMZN_TRACE_ID');
  const root = 'Root=1-5e6a879e-0123456789abcdef01234567';
  const trace = `${root};Parent=0123456789abcdef;Sampled=1`;
  const { payload } = await functions.invoke('greeter', '{}', 'RequestResponse', trace);
  expect(JSON.parse(payload)).toMatch(new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=0$`));
  expect(payload).not.toContain('Parent=0123456789abcdef');
});

describe('many invocations at once', () => {
  test('get up to four environments of their own, and wait beyond that', async () => {
    const { functions, definition } = start(WAITING);
    const file = join(definition.folder, 'go');
    const six = Array.from({ length: 6 }, () =>
      functions.invoke('greeter', JSON.stringify({ file })),
    );
    writeFileSync(file, '');
    const counts = (await Promise.all(six)).map(({ payload }) => JSON.parse(payload).count);
    // Four environments answer their first; the other two are the second of one that was free again.
    expect(counts.filter((count) => count === 1)).toHaveLength(4);
    expect(counts).toHaveLength(6);
  });

  test('beyond the reserved concurrency are refused, until one has ended', async () => {
    const { functions, definition } = start(WAITING, { reservedConcurrency: 1 });
    const file = join(definition.folder, 'go');
    const first = functions.invoke('greeter', JSON.stringify({ file }));
    await expect(functions.invoke('greeter', '{}')).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    writeFileSync(file, '');
    await first;
    expect((await functions.invoke('greeter', '{}')).functionError).toBeUndefined();
  });

  test('beyond what an account may run are refused', async () => {
    const { functions, definition } = start(WAITING);
    const file = join(definition.folder, 'go');
    const event = JSON.stringify({ file });
    const crowd = Array.from({ length: 1_000 }, () => functions.invoke('greeter', event));
    await expect(functions.invoke('greeter', event)).rejects.toMatchObject({
      reason: 'ConcurrentInvocationLimitExceeded',
    });
    writeFileSync(file, '');
    await Promise.all(crowd);
  });
});

describe('sizes', () => {
  const text = (bytes: number): string => JSON.stringify('x'.repeat(bytes - 2));
  const MIB = 1024 * 1024;

  test('an event of 6 MiB is taken, a longer one refused', async () => {
    const { functions } = start('export const handler = (event) => event.length');
    const { payload } = await functions.invoke('greeter', text(6 * MIB));
    expect(payload).toBe(String(6 * MIB - 2));
    await expect(functions.invoke('greeter', text(6 * MIB + 1))).rejects.toMatchObject({
      code: 'RequestEntityTooLargeException',
      message: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
    });
  });

  test('an event nobody waits for may have 1 MiB', async () => {
    const { functions } = start('export const handler = () => 1');
    await expect(functions.invoke('greeter', text(MIB + 1), 'Event')).rejects.toMatchObject({
      message:
        '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    });
  });

  test('an answer may have 6 MiB and a hundred bytes', async () => {
    const { functions } = start('export const handler = (bytes) => "x".repeat(bytes - 2)');
    const fits = await functions.invoke('greeter', String(6 * MIB + 100));
    expect(fits.payload).toHaveLength(6 * MIB + 100);
    const { payload, functionError } = await functions.invoke('greeter', String(6 * MIB + 101));
    expect(functionError).toBe('Unhandled');
    expect(JSON.parse(payload)).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  test('an event that is no JSON is refused, and the environment lives on', async () => {
    const { functions } = start(WAITING);
    await functions.invoke('greeter', '{}');
    await expect(functions.invoke('greeter', '{"who"')).rejects.toMatchObject({
      code: 'InvalidRequestContentException',
      message: expect.stringMatching(/^Could not parse request body into json: /),
    });
    await expect(functions.invoke('greeter', 'who', 'Event')).rejects.toMatchObject({
      code: 'InvalidRequestContentException',
    });
    expect(JSON.parse((await functions.invoke('greeter', '{}')).payload).count).toBe(2);
  });
});

describe('replacing', () => {
  test('lets the running finish on the old code, and gives the waiting the new', async () => {
    const { functions, definition, rewrite, lines } = start(WAITING);
    const file = join(definition.folder, 'go');
    const event = JSON.stringify({ file, who: 'old' });
    const running = Array.from({ length: 4 }, () => functions.invoke('greeter', event));
    const waiting = functions.invoke('greeter', '{}');
    await waitFor('four that have begun', () => lines.length === 4);
    const next = rewrite('export const handler = () => "new"', { memoryMb: 256 });
    await functions.replace([next]);
    expect(functions.find('greeter')).toEqual(next);
    writeFileSync(file, '');
    const answers = await Promise.all(running);
    expect(answers.map(({ payload }) => JSON.parse(payload).who)).toEqual(Array(4).fill('old'));
    expect((await waiting).payload).toBe('"new"');
    expect((await functions.invoke('greeter', '{}')).payload).toBe('"new"');
  });

  test('loads the code anew even when its folder is the same', async () => {
    const { functions, definition } = start('export const handler = () => "old"');
    await functions.invoke('greeter', '{}');
    writeFileSync(join(definition.folder, 'index.mjs'), 'export const handler = () => "new"');
    await functions.replace([{ ...definition }]);
    expect((await functions.invoke('greeter', '{}')).payload).toBe('"new"');
  });

  test.each(['loading', 'running'])(
    'ends an environment that is %s the old code of the same folder',
    async (state) => {
      const { functions, definition, lines } = start(IN_TWO_STEPS);
      const proceed = (step: string): void => writeFileSync(join(definition.folder, step), '');
      const running = functions.invoke('greeter', '{}');
      if (state === 'running') proceed('loading');
      await waitFor(state, () => lines.some((line) => line.endsWith(state)));
      writeFileSync(join(definition.folder, 'index.mjs'), 'export const handler = () => "new"');
      await functions.replace([{ ...definition }]);
      proceed('loading');
      proceed('running');
      expect((await running).payload).toBe('"old"');
      expect((await functions.invoke('greeter', '{}')).payload).toBe('"new"');
    },
  );

  test('leaves alone a function whose definition is the very one it has', async () => {
    const { functions, definition } = start(COUNTING);
    await functions.invoke('greeter', '{}');
    await functions.replace([definition]);
    expect((await functions.invoke('greeter', '{}')).payload).toBe('2');
  });

  test('adds functions and takes away those that are gone', async () => {
    const { functions, rewrite } = start('export const handler = () => 1');
    const other = rewrite('export const handler = () => 2', { name: 'other' });
    await functions.replace([other]);
    expect((await functions.invoke('other', '{}')).payload).toBe('2');
    await expect(functions.invoke('greeter', '{}')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});

describe('warming', () => {
  test('has an environment ready, one and no more', async () => {
    const { functions, lines } = start(`console.log('loading'); ${COUNTING}`);
    expect(await functions.warm('greeter')).toBe(true);
    expect(await functions.warm('greeter')).toBe(true);
    expect((await functions.invoke('greeter', '{}')).payload).toBe('1');
    expect((await functions.invoke('greeter', '{}')).payload).toBe('2');
    expect(lines.filter((line) => line.endsWith('loading'))).toHaveLength(1);
  });

  test('says when the code can’t start', async () => {
    const { functions, lines } = start('throw new Error("broken");');
    expect(await functions.warm('greeter')).toBe(false);
    expect(lines.join()).toContain('broken');
  });
});

describe('stopping', () => {
  test('ends what is running and what waits', async () => {
    const { functions, definition } = start(WAITING);
    const event = JSON.stringify({ file: join(definition.folder, 'never') });
    const many = Array.from({ length: 6 }, () => functions.invoke('greeter', event));
    const settled = Promise.allSettled(many);
    await functions.stop();
    for (const outcome of await settled) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'ServiceException', message: 'The functions are being stopped.' },
      });
    }
    await expect(functions.invoke('greeter', '{}')).rejects.toMatchObject({
      code: 'ServiceException',
    });
  });

  test('ends what is only starting, and starts nothing more', async () => {
    const { functions, lines } = start(
      'console.log("starting"); await new Promise((r) => setTimeout(r, 60_000)); export const handler = 1',
    );
    const starting = expect(functions.invoke('greeter', '{}')).rejects.toMatchObject({
      code: 'ServiceException',
    });
    await waitFor('the start', () => lines.length === 1);
    await functions.stop();
    await starting;
    expect(lines).toHaveLength(1);
  });
});

describe('events nobody waits for', () => {
  const FAILING = `
    let count = 0;
    export const handler = (event, { awsRequestId }) => {
      count += 1;
      console.log('attempt ' + count + ' of ' + awsRequestId);
      if (count <= event.failures) throw new Error('not yet');
    };`;
  const attempts = (lines: readonly string[]): string[] =>
    lines.flatMap((line) => line.match(/attempt \d of .*/)?.[0] ?? []);

  test('are tried again twice, with the same request id', async () => {
    const { functions, lines, entries } = start(
      FAILING,
      {},
      { retryDelaysMs: [1, 2], newRequestId: () => 'request-7' },
    );
    const result = await functions.invoke('greeter', '{"failures":2}', 'Event');
    expect(result).toEqual({ payload: '', requestId: 'request-7', logTail: '' });
    await waitFor('the third attempt', () => attempts(lines).length === 3);
    expect(new Set(attempts(lines).map((line) => line.slice(10)))).toEqual(
      new Set(['of request-7']),
    );
    expect(entries).toEqual([]);
  });

  test('are discarded after the third failure, which the log tells', async () => {
    const { functions, entries, lines } = start(
      FAILING,
      {},
      { retryDelaysMs: [1, 2], newRequestId: () => 'request-8' },
    );
    await functions.invoke('greeter', '{"failures":9}', 'Event');
    await waitFor('the entry', () => entries.length > 0);
    expect(entries).toEqual([
      {
        level: 'error',
        message: 'event discarded',
        function: 'greeter',
        requestId: 'request-8',
        why: 'FAILED',
      },
    ]);
    expect(attempts(lines)).toHaveLength(3);
  });

  test('for a function that is gone meanwhile are discarded', async () => {
    const { functions, entries, lines } = start(FAILING, {}, { retryDelaysMs: [20, 20] });
    await functions.invoke('greeter', '{"failures":9}', 'Event');
    await waitFor('the first attempt', () => attempts(lines).length === 1);
    await functions.replace([]);
    await waitFor('the entry', () => entries.length > 0);
    expect(entries).toMatchObject([{ function: 'greeter', why: 'REFUSED' }]);
  });

  test('that find no free environment wait for one', async () => {
    const { functions, definition, lines, entries } = start(WAITING, { reservedConcurrency: 1 });
    const file = join(definition.folder, 'go');
    const running = functions.invoke('greeter', JSON.stringify({ file }));
    await waitFor('the one before', () => lines.length === 1);
    await functions.invoke('greeter', JSON.stringify({ file }), 'Event');
    writeFileSync(file, '');
    await running;
    // Lambda tries again after a second.
    await waitFor('the event', () => lines.length === 2);
    expect(entries).toEqual([]);
  });
});

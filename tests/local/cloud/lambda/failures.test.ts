import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FunctionDefinition } from '#local/cloud/lambda/functions.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { useFunctions } from './useFunctions.ts';

const start = useFunctions();

/** Invokes once and reads what the caller is told. */
async function fail(code: string, changes: Partial<FunctionDefinition> = {}, event = '{}') {
  const lab = start(code, changes, { newRequestId: () => 'request-1' });
  const { payload, functionError } = await lab.functions.invoke('greeter', event);
  expect(functionError).toBe('Unhandled');
  return { ...lab, error: JSON.parse(payload) };
}

describe('a handler', () => {
  test('that throws fails with the error’s name, message and stack', async () => {
    const { error, lines } = await fail(
      'export const handler = () => { throw new RangeError("too far") }',
    );
    expect(error).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
    expect(error.trace[0]).toBe('RangeError: too far');
    expect(lines).toEqual([expect.stringContaining('\trequest-1\tERROR\tInvoke Error {')]);
  });

  test('that throws something else fails with its type', async () => {
    const { error } = await fail('export const handler = async () => { throw "no" }');
    expect(error).toEqual({ errorType: 'string', errorMessage: 'no', trace: [] });
  });

  test('that throws keeps its environment', async () => {
    const { functions } = await fail(
      'let n = 0; export const handler = () => { n += 1; if (n < 2) throw new Error(); return n }',
    );
    expect((await functions.invoke('greeter', '{}')).payload).toBe('2');
  });

  test('whose answer is no JSON fails', async () => {
    const { error } = await fail('export const handler = () => 10n');
    expect(error).toMatchObject({
      errorType: 'Runtime.JSONStringifyError',
      errorMessage: 'Unable to stringify response body',
    });
  });

  test('that takes too long fails, and its environment is thrown away', async () => {
    const { error, functions } = await fail(
      `let n = 0;
       export const handler = ({ hang }) => { n += 1; return hang ? new Promise(() => {}) : n }`,
      { timeoutSeconds: 0.05 },
      '{"hang":true}',
    );
    expect(error).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-1 Error: Task timed out after 0.05 seconds',
    });
    expect((await functions.invoke('greeter', '{}')).payload).toBe('1');
  });

  test('that never lets go of its thread fails in time too', async () => {
    const { error } = await fail('export const handler = () => { for (;;); }', {
      timeoutSeconds: 0.05,
    });
    expect(error.errorType).toBe('Sandbox.Timedout');
  });

  test.each([
    [0, 'Runtime exited without providing a reason'],
    [3, 'Runtime exited with error: exit status 3'],
  ])('that exits with %i fails, and the next event finds a new environment', async (code, why) => {
    const { error, functions } = await fail(
      `let n = 0;
       export const handler = ({ code }) => { n += 1; if (code !== undefined) process.exit(code); return n }`,
      {},
      JSON.stringify({ code }),
    );
    expect(error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: request-1 Error: ${why}`,
    });
    expect((await functions.invoke('greeter', '{}')).payload).toBe('1');
  });

  test('that leaves a rejected promise behind fails', async () => {
    const { error, lines } = await fail(
      'export const handler = () => { Promise.reject(new Error("forgotten")); return 1 }',
    );
    expect(error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: exit status 1',
    });
    expect(lines[0]).toBe('Error: forgotten');
  });

  test('that uses more memory than it has is ended', async () => {
    const { error, functions } = await fail(
      `const kept = [];
       export const handler = ({ eat }) => {
         while (eat) kept.push(new Array(10_000).fill({}));
         return 'fine';
       }`,
      { timeoutSeconds: 60 },
      '{"eat":true}',
    );
    expect(error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: signal: aborted',
    });
    expect((await functions.invoke('greeter', '{}')).payload).toBe('"fine"');
  });

  test('whose environment dies after the answer is started anew', async () => {
    const { functions, lines } = start(
      `let n = 0;
       export const handler = ({ die }) => {
         n += 1;
         if (die) setTimeout(() => { throw new Error('afterwards') }, 1);
         return n;
       }`,
    );
    await functions.invoke('greeter', '{"die":true}');
    await waitFor('the end', () => lines.includes('Error: afterwards'));
    await waitFor('a new one', async () => {
      const { payload } = await functions.invoke('greeter', '{}');
      return payload === '1';
    });
  });
});

describe('code outside the handler', () => {
  test('that throws fails the invocation, after a second try', async () => {
    const { error, lines } = await fail(
      'console.log("starting"); throw new TypeError("no table"); export const handler = 1',
    );
    expect(error).toMatchObject({ errorType: 'TypeError', errorMessage: 'no table' });
    expect(lines.filter((line) => line.endsWith('\tstarting'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('\tInit Error {'))).toHaveLength(2);
  });

  test('that works the second time is forgiven', async () => {
    const { functions, definition } = start(
      `import { existsSync, writeFileSync } from 'node:fs';
       const file = process.env.LAMBDA_TASK_ROOT + '/tried';
       if (!existsSync(file)) { writeFileSync(file, ''); throw new Error('not yet') }
       export const handler = () => 'at last';`,
    );
    expect((await functions.invoke('greeter', '{}')).payload).toBe('"at last"');
    expect(definition.timeoutSeconds).toBe(10);
  });

  test('takes its time from the function’s when it is started over', async () => {
    const { functions } = start(
      `import { existsSync, writeFileSync } from 'node:fs';
       const file = process.env.LAMBDA_TASK_ROOT + '/tried';
       if (!existsSync(file)) { writeFileSync(file, ''); throw new Error('not yet') }
       await new Promise((resolve) => setTimeout(resolve, 300));
       export const handler = (event, context) => context.getRemainingTimeInMillis();`,
      { timeoutSeconds: 60 },
    );
    const first = Number((await functions.invoke('greeter', '{}')).payload);
    const second = Number((await functions.invoke('greeter', '{}')).payload);
    expect(second - first).toBeGreaterThan(250);
  });

  test('that takes too long gets the time of the function, once', async () => {
    const lab = start(
      'console.log("starting"); await new Promise((r) => setTimeout(r, 60_000)); export const handler = 1',
      { timeoutSeconds: 2 },
      { initLimitMs: 1_500, newRequestId: () => 'request-1' },
    );
    const { payload } = await lab.functions.invoke('greeter', '{}');
    expect(JSON.parse(payload)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-1 Error: Task timed out after 2.00 seconds',
    });
    expect(lab.lines.filter((line) => line.endsWith('\tstarting'))).toHaveLength(2);
  });

  test('may await what it needs', async () => {
    const { functions } = start(
      'const n = await Promise.resolve(41); export const handler = () => n + 1',
    );
    expect((await functions.invoke('greeter', '{}')).payload).toBe('42');
  });

  test.each([
    ['exits', 'process.exit(2); export const handler = 1', 'exit status 2'],
    [
      'waits for nothing',
      'await new Promise(() => {}); export const handler = 1',
      'exit status 13',
    ],
  ])('that %s ends the environment', async (_what, code, how) => {
    const { error } = await fail(code);
    expect(error.errorMessage).toBe(
      `RequestId: request-1 Error: Runtime exited with error: ${how}`,
    );
  });
});

describe('a handler that can’t be found', () => {
  test.each([
    ['index.other', 'Runtime.HandlerNotFound', 'index.other is undefined or not exported'],
    ['index.text', 'Runtime.HandlerNotFound', 'index.text is not a function'],
    ['index', 'Runtime.MalformedHandlerName', "'index' is not a valid handler name."],
    [
      '../index.handler',
      'Runtime.MalformedHandlerName',
      "'../index.handler' is not a valid handler name.",
    ],
    [
      'other.handler',
      'Runtime.ImportModuleError',
      expect.stringContaining("Error: Cannot find module 'other'"),
    ],
    [
      'index.old',
      'Runtime.CallbackHandlerDeprecated',
      expect.stringContaining('removed support for callback-based function handlers'),
    ],
  ])('%s fails with %s', async (handler, errorType, errorMessage) => {
    const { error } = await fail(
      'export const text = "x"; export const old = (event, context, callback) => callback()',
      { handler },
    );
    expect(error).toMatchObject({ errorType, errorMessage });
  });

  test('because of its syntax fails with Runtime.UserCodeSyntaxError', async () => {
    const { error } = await fail('export const handler = (');
    expect(error.errorType).toBe('Runtime.UserCodeSyntaxError');
  });

  test('because a package is missing fails with Node’s own words', async () => {
    const { error } = await fail('import "not-there"; export const handler = 1');
    expect(error).toMatchObject({
      errorType: 'Error',
      errorMessage: expect.stringContaining("Cannot find package 'not-there'"),
    });
  });
});

describe('a handler is found', () => {
  test.each([
    ['index.cjs', 'exports.handler = () => "commonjs"', '"commonjs"'],
    ['index.js', 'exports.handler = () => "script"', '"script"'],
    ['index.mjs', 'export const handler = () => "module"', '"module"'],
    ['index.mjs', 'export default { handler: () => "default" }', '"default"'],
  ])('in %s: %s', async (file, code, expected) => {
    const { functions, definition } = start('');
    const folder = join(definition.folder, 'other');
    mkdirSync(folder);
    writeFileSync(join(folder, file), code);
    await functions.replace([{ ...definition, folder }]);
    expect((await functions.invoke('greeter', '{}')).payload).toBe(expected);
  });

  test('in a folder of the asset, and deep in a module', async () => {
    const { functions, definition } = start('');
    mkdirSync(join(definition.folder, 'lib'));
    writeFileSync(join(definition.folder, 'lib', 'app.mjs'), 'export const api = { run: () => 5 }');
    await functions.replace([{ ...definition, handler: 'lib/app.api.run' }]);
    expect((await functions.invoke('greeter', '{}')).payload).toBe('5');
  });
});

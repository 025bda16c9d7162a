import { describe, expect, test } from '@jest/globals';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';

const NOW = Date.UTC(2026, 0, 31, 9, 30);
const OIDC = 'Open ID Connect Authorization';

function evaluate(code: string, context: object = {}, name: 'request' | 'response' = 'request') {
  const randomBytes = (length: number) => new Uint8Array(length).fill(7);
  const sandbox = createSandbox({ clock: () => NOW, randomBytes, log: () => {} });
  return sandbox.load(code).run(name, { arguments: {}, stash: {}, ...context }, OIDC);
}

const request = (body: string) => `import { util, runtime, extensions } from '@aws-appsync/utils';
export function request(ctx) {
  ${body}
}`;

describe('a handler', () => {
  test('returns what it makes of its context', () => {
    expect(evaluate(request('return { id: ctx.args.id };'), { arguments: { id: 'a' } })).toEqual({
      value: { id: 'a' },
      stash: {},
      arguments: { id: 'a' },
      outErrors: [],
      extensions: [],
      headers: {},
      logs: [],
    });
  });

  test('that returns nothing returns null', () => {
    expect(evaluate(request('')).value).toBeNull();
  });

  test('leaves its stash and its arguments to the next', () => {
    const outcome = evaluate(request('ctx.stash.a = 1; ctx.args.b = 2; return null;'));
    expect(outcome).toMatchObject({ stash: { a: 1 }, arguments: { b: 2 } });
  });

  test('leaves nothing else to the next', () => {
    const randomBytes = (length: number) => new Uint8Array(length);
    const sandbox = createSandbox({ clock: () => NOW, randomBytes, log: () => {} });
    const handlers = sandbox.load(
      'const kept = []; export const request = () => { kept.push(1); return kept; };',
    );
    handlers.run('request', {}, OIDC);
    expect(handlers.run('request', {}, OIDC).value).toEqual([1]);
  });

  test('cannot change its context itself', () => {
    const { error } = evaluate(request('ctx.result = 1; return null;'));
    expect(error).toMatchObject({ kind: 'code', position: { line: 3 } });
  });
});

describe('a handler that stops', () => {
  test('with an error says what it gave', () => {
    const { error } = evaluate(request("util.error('no', 'NOT_FOUND', { a: 1 }, { b: 2 });"));
    expect(error).toEqual({
      kind: 'error',
      message: 'no',
      errorType: 'NOT_FOUND',
      data: { a: 1 },
      errorInfo: { b: 2 },
    });
  });

  test('as unauthorized', () => {
    expect(evaluate(request('util.unauthorized();')).error).toMatchObject({ kind: 'unauthorized' });
  });

  test('early, to the next step', () => {
    expect(evaluate(request('runtime.earlyReturn({ a: 1 });')).early).toEqual({
      value: { a: 1 },
      skipTo: 'NEXT',
    });
  });

  test("early, to the pipeline's end", () => {
    const { early } = evaluate(request("runtime.earlyReturn(null, { skipTo: 'END' });"));
    expect(early).toEqual({ value: null, skipTo: 'END' });
  });

  test('by a fault says where', () => {
    const { error } = evaluate(request('return ctx.nothing.more;'));
    expect(error).toMatchObject({
      kind: 'code',
      errorType: 'Code',
      position: { line: 3, column: 22 },
    });
  });
});

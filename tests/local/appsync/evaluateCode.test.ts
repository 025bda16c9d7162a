import { type AppSyncClient, EvaluateCodeCommand } from '@aws-sdk/client-appsync';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { type Evaluator, startEvaluator } from '#tests/support/evaluator.ts';

const CODE = `import { util, runtime } from '@aws-appsync/utils';
export function request(ctx) {
  console.log('asked', ctx.args.id);
  ctx.stash.seen = true;
  if (ctx.args.early) runtime.earlyReturn({ early: true });
  if (!ctx.args.id) util.error('Expected an id', 'BAD_USER_INPUT', null, { field: 'id' });
  if (ctx.args.warn) util.appendError('Careful', 'WARNING');
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) };
}
export function response(ctx) {
  return { auth: util.authType(), title: ctx.result.title };
}`;

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = await startEvaluator();
});
afterAll(() => evaluator.stop());

const evaluate = (context: object, name?: string, code = CODE) =>
  evaluator.client.send(
    new EvaluateCodeCommand({
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      code,
      context: JSON.stringify(context),
      function: name,
    }),
  );

describe("AWS's SDK", () => {
  test('gets what a handler returns, its logs and its stash', async () => {
    const answer = await evaluate({ arguments: { id: 'a' } }, 'request');
    expect(answer.$metadata.httpStatusCode).toBe(200);
    expect(JSON.parse(answer.evaluationResult ?? '')).toEqual({
      operation: 'GetItem',
      key: { id: { S: 'a' } },
    });
    expect(answer).toMatchObject({
      logs: ['INFO - code.js:3:11: "asked" "a"'],
      stash: '{"seen":true}',
      outErrors: '[]',
    });
    expect(answer.error).toBeUndefined();
  });

  test('runs the response handler, and an identity says how somebody signed in', async () => {
    const context = { result: { title: 'b' }, identity: { sub: 'x', issuer: 'y', claims: {} } };
    const { evaluationResult } = await evaluate(context, 'response');
    expect(JSON.parse(evaluationResult ?? '')).toEqual({
      auth: 'Open ID Connect Authorization',
      title: 'b',
    });
  });

  test('gets errors of the handler as errors, not as failures', async () => {
    const { error, evaluationResult } = await evaluate({ arguments: {} });
    expect(error).toEqual({ message: 'Expected an id', codeErrors: [] });
    expect(evaluationResult).toBeUndefined();
  });

  test('gets errors that were only appended beside the result', async () => {
    const { outErrors } = await evaluate({ arguments: { id: 'a', warn: true } });
    expect(JSON.parse(outErrors ?? '')).toMatchObject([
      { message: 'Careful', errorType: 'WARNING' },
    ]);
  });

  test('gets what was returned early', async () => {
    const { evaluationResult } = await evaluate({ arguments: { early: true } });
    expect(evaluationResult).toBe('{"early":true}');
  });

  test.each([
    ['export function request( {', 'PARSER_ERROR', 1],
    [
      'export function request() {\n  while (true) {}\n}\nexport function response() {}',
      'LINT_ERROR',
      2,
    ],
    [
      'export function request(ctx) {\n  return ctx.a.b;\n}\nexport function response() {}',
      'RUNTIME_ERROR',
      2,
    ],
  ])('is told where code is at fault: %j', async (code, errorType, line) => {
    const { error } = await evaluate({}, 'request', code);
    expect(error?.codeErrors).toEqual([
      {
        errorType,
        value: expect.any(String),
        location: { line, column: expect.any(Number), span: -1 },
      },
    ]);
    expect(error?.message).toEqual(expect.any(String));
  });

  test('is refused what is no request', async () => {
    await expect(evaluate({}, 'other')).rejects.toMatchObject({ name: 'BadRequestException' });
    await expect(evaluate({ a: 'x'.repeat(28_000) })).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Expected a context of 2 to 28000 characters.',
    });
  });
});

describe('whoever', () => {
  const send = async (client: AppSyncClient) => {
    const runtime = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' } as const;
    await client.send(new EvaluateCodeCommand({ runtime, code: CODE, context: '{}' }));
  };

  test('signs with unknown credentials is refused', async () => {
    const client = evaluator.connect({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' });
    await expect(send(client)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  test('signs with a wrong secret is refused', async () => {
    const client = evaluator.connect({ ...evaluator.grant(ALLOWED), secretAccessKey: 'wrong' });
    await expect(send(client)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });

  test('may not evaluate code is refused', async () => {
    const client = evaluator.connect(evaluator.grant());
    await expect(send(client)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('appsync:EvaluateCode'),
    });
  });

  test('may evaluate code may', async () => {
    await expect(send(evaluator.connect(evaluator.grant(ALLOWED)))).resolves.toBeUndefined();
  });
});

const ALLOWED: Statement = { Effect: 'Allow', Action: 'appsync:EvaluateCode', Resource: '*' };

import { describe, expect, test } from '@jest/globals';
import type { AwsRequest } from '#local/cloud/endpoint.ts';
import { createCallers } from '#local/cloud/iam/callers.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import type { FunctionDefinition } from '#local/cloud/lambda/functions.ts';
import { createInvokeApi } from '#local/cloud/lambda/invokeApi.ts';
import { FUNCTION_ARN, useFunctions } from './useFunctions.ts';

const start = useFunctions();

const PRINCIPAL = 'arn:aws:sts::000000000000:assumed-role/gateway/gateway';
const MAY_INVOKE: Statement = {
  Effect: 'Allow',
  Action: 'lambda:InvokeFunction',
  Resource: FUNCTION_ARN,
};
const GREETS = 'export const handler = ({ who }) => "Hello, " + who';

function startApi(
  code = GREETS,
  {
    statements = [MAY_INVOKE],
    ...changes
  }: Partial<FunctionDefinition> & { statements?: Statement[] } = {},
) {
  const lab = start(code, changes, { newRequestId: () => 'request-1' });
  const api = createInvokeApi(lab.functions);
  const callers = createCallers();
  const caller = callers.find(callers.add({ principal: PRINCIPAL, statements }).accessKeyId)!;
  const send = async (changed: Partial<AwsRequest> & { name?: string; text?: string } = {}) => {
    const { name = 'greeter', text = '{"who":"Ann"}', ...request } = changed;
    const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
    const answer = await api.handle(
      { method: 'POST', path, headers: {}, body: Buffer.from(text), ...request },
      caller,
    );
    return { ...answer, body: String(answer.body) };
  };
  return { ...lab, api, send };
}

test('takes what is for Lambda', () => {
  const { api } = startApi();
  const request = { method: 'POST', headers: {}, body: Buffer.of() };
  expect(api.signingName).toBe('lambda');
  expect(api.accepts({ ...request, path: '/2015-03-31/functions/x/invocations' })).toBe(true);
  expect(api.accepts({ ...request, path: '/' })).toBe(false);
});

describe('an invocation', () => {
  test.each(['greeter', '000000000000:function:greeter', FUNCTION_ARN])(
    'of %s answers what the function answers',
    async (name) => {
      const { send } = startApi();
      expect(await send({ name })).toEqual({
        status: 200,
        headers: {
          'content-type': 'application/json',
          'x-amz-executed-version': '$LATEST',
          'x-amzn-requestid': 'request-1',
        },
        body: '"Hello, Ann"',
      });
    },
  );

  test('without a payload gives the function an empty object', async () => {
    const { send } = startApi('export const handler = (event) => event');
    expect((await send({ text: '' })).body).toBe('{}');
  });

  test('passes the caller’s trace on', async () => {
    const { send } = startApi('export const handler = () => process.env._X_AMZN_TRACE_ID');
    const root = 'Root=1-5e6a879e-0123456789abcdef01234567';
    const { body } = await send({ headers: { 'x-amzn-trace-id': root } });
    expect(body).toContain(`"${root};Parent=`);
  });

  test('of a function that fails is a success with a header', async () => {
    const { send } = startApi('export const handler = () => { throw new Error("no") }');
    const { status, headers, body } = await send();
    expect(status).toBe(200);
    expect(headers['x-amz-function-error']).toBe('Unhandled');
    expect(JSON.parse(body)).toMatchObject({ errorType: 'Error', errorMessage: 'no' });
  });

  test('may ask for the end of the log', async () => {
    const { send } = startApi('export const handler = () => { process.stdout.write("hi\\n") }');
    const { headers } = await send({ headers: { 'x-amz-log-type': 'Tail' } });
    const log = Buffer.from(headers['x-amz-log-result']!, 'base64').toString();
    expect(log).toMatch(/^START RequestId: request-1 .*\nhi\nEND RequestId: request-1\nREPORT /);
    expect((await send()).headers['x-amz-log-result']).toBeUndefined();
  });

  test('of kind Event is accepted at once', async () => {
    const { send } = startApi('export const handler = () => new Promise(() => {})');
    expect(await send({ headers: { 'x-amz-invocation-type': 'Event' } })).toEqual({
      status: 202,
      headers: { 'x-amzn-requestid': 'request-1' },
      body: '',
    });
  });

  test('of kind DryRun only looks whether it would be allowed', async () => {
    const { send } = startApi('throw new Error("run")');
    const headers = { 'x-amz-invocation-type': 'DryRun' };
    expect(await send({ headers })).toMatchObject({ status: 204, body: '' });
    expect(await send({ headers, name: 'other' })).toMatchObject({ status: 403 });
  });
});

describe('a refusal', () => {
  test.each([
    ['nothing granted', []],
    ['another function granted', [{ ...MAY_INVOKE, Resource: `${FUNCTION_ARN}2` }]],
    ['another action granted', [{ ...MAY_INVOKE, Action: 'lambda:GetFunction' }]],
    ['denied', [MAY_INVOKE, { ...MAY_INVOKE, Effect: 'Deny' as const }]],
  ])('comes with %s', async (_what, statements) => {
    const { send } = startApi('throw new Error("run")', { statements });
    const { status, headers, body } = await send();
    expect(status).toBe(403);
    expect(headers['x-amzn-errortype']).toBe('AccessDeniedException');
    expect(JSON.parse(body)).toEqual({
      Type: 'User',
      Message: `User: ${PRINCIPAL} is not authorized to perform: lambda:InvokeFunction on resource: ${FUNCTION_ARN}`,
    });
  });

  test('comes for a version there isn’t', async () => {
    const { send } = startApi(GREETS, { statements: [{ ...MAY_INVOKE, Resource: '*' }] });
    const { status, body } = await send({ name: 'greeter:2' });
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({
      Type: 'User',
      Message: `Function not found: ${FUNCTION_ARN}:2`,
    });
  });

  test('comes for a function there isn’t', async () => {
    const { send } = startApi(GREETS, { statements: [{ ...MAY_INVOKE, Resource: '*' }] });
    const { status, headers, body } = await send({ name: 'nobody' });
    expect(status).toBe(404);
    expect(headers['x-amzn-errortype']).toBe('ResourceNotFoundException');
    expect(JSON.parse(body)).toEqual({
      Type: 'User',
      Message:
        'Function not found: arn:aws:lambda:ap-northeast-2:000000000000:function:nobody:$LATEST',
    });
  });

  test('comes for two different versions', async () => {
    const { send } = startApi();
    const path = '/2015-03-31/functions/greeter:1/invocations?Qualifier=2';
    const { status, body } = await send({ path });
    expect(status).toBe(400);
    expect(JSON.parse(body).message).toMatch(/^The derived qualifier/);
  });

  test.each([
    ['a name with a star', { name: '*' }, 400, 'ValidationException'],
    [
      'a broken escape',
      { path: '/2015-03-31/functions/%/invocations' },
      400,
      'ValidationException',
    ],
    [
      'an unknown kind',
      { headers: { 'x-amz-invocation-type': 'Later' } },
      400,
      'ValidationException',
    ],
    ['text that is no JSON', { text: 'who' }, 400, 'InvalidRequestContentException'],
    ['bytes that are no text', { body: Buffer.of(0x87) }, 400, 'InvalidRequestContentException'],
    [
      'another operation',
      { method: 'GET', path: '/2015-03-31/functions/greeter' },
      500,
      'ServiceException',
    ],
  ])('comes for %s', async (_what, request, status, type) => {
    const { send } = startApi();
    expect(await send(request)).toMatchObject({ status, headers: { 'x-amzn-errortype': type } });
  });

  test('tells why too many requests are too many', async () => {
    const { send } = startApi(GREETS, { reservedConcurrency: 0 });
    const { status, body } = await send();
    expect(status).toBe(429);
    expect(JSON.parse(body)).toEqual({
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      Type: 'User',
      message: 'Rate Exceeded.',
    });
  });
});

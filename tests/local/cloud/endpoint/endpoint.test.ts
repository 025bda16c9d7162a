import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { AwsError } from '#local/cloud/awsError.ts';
import type { AwsService } from '#local/cloud/endpoint.ts';
import { ALLOW_ALL, PRINCIPAL, useEndpoints } from '#tests/support/awsEndpoint.ts';
import { send, sendRaw } from '#tests/support/nodeHttp.ts';

const startEndpoint = useEndpoints();

/** Answers with what it was asked, and who asked. */
const echo: AwsService = {
  signingName: 'echo',
  accepts: ({ headers }) => headers['x-amz-target']?.startsWith('Echo.') ?? false,
  handle: async ({ method, path, body }, { principal }) => ({
    status: 200,
    headers: { 'content-type': 'text/plain', 'x-own': 'yes' },
    body: Buffer.from(JSON.stringify({ method, path, principal, body: body.toString('base64') })),
  }),
};
const rest: AwsService = {
  signingName: 'lambda',
  accepts: ({ path }) => path.startsWith('/functions/'),
  handle: async () => ({ status: 202, headers: {}, body: '' }),
};
const failing = (error: Error): AwsService => ({
  signingName: 'failing',
  accepts: ({ headers }) => headers['x-amz-target'] === 'Failing',
  handle: () => Promise.reject(error),
});

test('gives a verified request to the service that accepts it, byte for byte, with its caller', async () => {
  const endpoint = await startEndpoint(rest, echo);
  const credentials = endpoint.grant(ALLOW_ALL);
  const input = '{"text":"메모"}';
  const answer = await endpoint.call({ credentials, service: 'echo', target: 'Echo.Now', input });
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', 'x-own': 'yes' });
  expect(JSON.parse(answer.body)).toEqual({
    method: 'POST',
    path: '/',
    principal: PRINCIPAL,
    body: Buffer.from(input).toString('base64'),
  });
});

test('finds services by their path too', async () => {
  const endpoint = await startEndpoint(echo, rest);
  const credentials = endpoint.grant(ALLOW_ALL);
  const path = '/functions/arn%3Aaws/invocations?Qualifier=%24LATEST';
  const answer = await endpoint.call({ credentials, service: 'lambda', path, input: {} });
  expect(answer).toMatchObject({ status: 202, body: '' });
});

test('refuses as services with targets do', async () => {
  const endpoint = await startEndpoint(echo);
  const { accessKeyId, sessionToken } = endpoint.grant(ALLOW_ALL);
  const credentials = { accessKeyId, sessionToken, secretAccessKey: 'wrong' };
  const call = { credentials, service: 'echo', target: 'Echo.Now', input: {} };
  const one = await endpoint.call(call);
  expect(one).toMatchObject({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
  });
  expect(one.headers['x-amzn-requestid']).toMatch(/^[\da-f-]{36}$/);
  expect(JSON.parse(one.body)).toEqual({
    __type: 'com.amazon.coral.service#InvalidSignatureException',
    message: expect.stringMatching(/^The request signature we calculated does not match/),
  });
  const other = await endpoint.call({ ...call, contentType: 'application/x-amz-json-1.1' });
  expect(other.headers['content-type']).toBe('application/x-amz-json-1.1');
  expect(JSON.parse(other.body)).toMatchObject({ __type: 'InvalidSignatureException' });
});

test('refuses as services with paths do', async () => {
  const endpoint = await startEndpoint(rest);
  const answer = await send(endpoint.port, { method: 'POST', path: '/functions/a' }, '{}');
  expect(answer).toMatchObject({
    status: 403,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': 'MissingAuthenticationTokenException',
    },
    body: '{"message":"Request is missing Authentication Token"}',
  });
});

test('a signature for another service is no signature for this one', async () => {
  const endpoint = await startEndpoint(echo);
  const credentials = endpoint.grant(ALLOW_ALL);
  const answer = await endpoint.call({ credentials, service: 's3', target: 'Echo.Now', input: {} });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("Credential should be scoped to correct service: 'echo'.");
});

test('what no service answers is told by its name', async () => {
  const endpoint = await startEndpoint(echo);
  const headers = { 'x-amz-target': 'AmazonSQS.SendMessage' };
  const withTarget = await send(endpoint.port, { method: 'POST', headers }, '{}');
  expect(withTarget.status).toBe(400);
  expect(JSON.parse(withTarget.body)).toMatchObject({
    __type: 'com.amazon.coral.service#UnknownOperationException',
    message: expect.stringContaining('AmazonSQS.SendMessage'),
  });
  const withPath = await send(endpoint.port, { method: 'PUT', path: '/bucket/key' }, '');
  expect(withPath).toMatchObject({
    status: 404,
    headers: { 'x-amzn-errortype': 'UnknownOperationException' },
    body: expect.stringContaining('/bucket/key'),
  });
});

test('an error of AWS’s keeps its type, its words and its details', async () => {
  const error = new AwsError('com.example#OddException', 'Odd.', { Reasons: [1] });
  const endpoint = await startEndpoint(failing(error));
  const credentials = endpoint.grant(ALLOW_ALL);
  const answer = await endpoint.call({
    credentials,
    service: 'failing',
    target: 'Failing',
    input: {},
  });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body)).toEqual({
    __type: 'com.example#OddException',
    Reasons: [1],
    message: 'Odd.',
  });
  expect(endpoint.logged).toEqual([]);
});

test('any other error is hidden and logged', async () => {
  const endpoint = await startEndpoint(failing(new Error('The engine is gone.')));
  const credentials = endpoint.grant(ALLOW_ALL);
  const answer = await endpoint.call({
    credentials,
    service: 'failing',
    target: 'Failing',
    input: {},
  });
  expect(answer.status).toBe(500);
  expect(answer.body).toContain('InternalFailure');
  expect(answer.body).not.toContain('gone');
  expect(endpoint.logged).toEqual([
    expect.objectContaining({ level: 'error', error: 'Error: The engine is gone.' }),
  ]);
});

test('takes bodies of 16 MB and no larger ones', async () => {
  const endpoint = await startEndpoint(echo);
  const credentials = endpoint.grant(ALLOW_ALL);
  const call = (bytes: number) =>
    endpoint.call({ credentials, service: 'echo', target: 'Echo.Now', input: 'x'.repeat(bytes) });
  expect((await call(16 * 1024 * 1024)).status).toBe(200);
  const answer = await sendRaw(
    endpoint.port,
    `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999\r\n\r\n${'x'.repeat(16 * 1024 * 1024 + 1)}`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 413 /);
  expect(answer).toContain('RequestEntityTooLargeException');
});

test('a client that goes away before its request is whole hurts nobody', async () => {
  const endpoint = await startEndpoint(echo);
  const socket = connect(endpoint.port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{}');
  await once(socket, 'ready');
  socket.destroy();
  const credentials = endpoint.grant(ALLOW_ALL);
  const call = { credentials, service: 'echo', target: 'Echo.Now', input: {} };
  expect((await endpoint.call(call)).status).toBe(200);
  expect(endpoint.logged).toEqual([]);
});

test('keeps connections open from one request to the next', async () => {
  const endpoint = await startEndpoint(echo);
  const request = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n';
  const answer = await sendRaw(
    endpoint.port,
    `${request}\r\n{}${request}connection: close\r\n\r\n{}`,
  );
  expect(answer.match(/HTTP\/1\.1 404/g)).toHaveLength(2);
});

test('a taken port is told as node:net does', async () => {
  const endpoint = await startEndpoint(echo);
  const { startEndpoint: start } = await import('#local/cloud/endpoint.ts');
  const again = start({
    port: endpoint.port,
    callers: { find: () => undefined },
    services: [],
    log() {},
  });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

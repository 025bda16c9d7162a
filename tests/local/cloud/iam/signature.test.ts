import { expect, test } from '@jest/globals';
import { AwsV4Signer } from 'aws4fetch';
import { REGION } from '#local/cloud/account.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import { createCallers } from '#local/cloud/iam/callers.ts';
import type { SignedRequest } from '#local/cloud/iam/canonicalRequest.ts';
import { createSignatureVerifier } from '#local/cloud/iam/signature.ts';

const NOW = Date.UTC(2026, 0, 31, 9, 30, 0);
const TIME = '20260131T093000Z';
const callers = createCallers();
const credentials = callers.add({ principal: 'arn:me', statements: [] });
const verify = createSignatureVerifier({ callers, clock: () => NOW });

interface Signing {
  readonly path?: string;
  readonly body?: string;
  readonly datetime?: string;
  readonly region?: string;
  readonly service?: string;
  readonly headers?: Record<string, string>;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
}

async function sign(signing: Signing = {}): Promise<SignedRequest> {
  const { path = '/', body = '{}', ...rest } = signing;
  const url = `http://127.0.0.1:4100${path}`;
  const signed = await new AwsV4Signer({
    ...credentials,
    method: 'POST',
    url,
    service: 'dynamodb',
    region: REGION,
    datetime: TIME,
    body,
    ...rest,
  }).sign();
  const headers = Object.fromEntries(signed.headers as unknown as Iterable<[string, string]>);
  return {
    method: 'POST',
    path,
    headers: { host: '127.0.0.1:4100', ...headers },
    body: Buffer.from(body),
  };
}

const refusal = async (request: SignedRequest): Promise<unknown> => {
  try {
    return verify(request, 'dynamodb');
  } catch (error) {
    if (error instanceof AwsError) return `${error.type}: ${error.message}`;
    throw error;
  }
};

const MISMATCH = expect.stringMatching(
  /^InvalidSignatureException: The request signature we calculated does not match/,
);

test.each<[string, Signing]>([
  ['nothing special', {}],
  [
    'headers with spaces',
    { headers: { 'x-amz-target': '  DynamoDB_20120810.GetItem ', 'x-amz-meta': 'a   b' } },
  ],
  ['a body that isn’t ASCII', { body: '{"text":"메모 📝"}' }],
  ['an empty body', { body: '' }],
  [
    'a path with encoded characters',
    { path: '/2015-03-31/functions/arn%3Aaws%3Alambda/invocations' },
  ],
  ['a query', { path: '/a?Qualifier=%24LATEST&b=2&a=1&b=1&c' }],
  ['names of which one begins another', { path: '/a?a-b=1&a=2' }],
  ['a path with strange characters', { path: "/a(b)'c*d!~e" }],
])('takes what a client has signed: %s', async (_name, signing) => {
  expect(verify(await sign(signing), 'dynamodb').principal).toBe('arn:me');
});

test.each<[string, (request: SignedRequest) => SignedRequest]>([
  ['body', (request) => ({ ...request, body: Buffer.from('{ }') })],
  ['path', (request) => ({ ...request, path: '/other' })],
  ['query', (request) => ({ ...request, path: '/?a=1' })],
  ['method', (request) => ({ ...request, method: 'GET' })],
  [
    'signed header',
    (request) => ({ ...request, headers: { ...request.headers, host: '127.0.0.1:1' } }),
  ],
])('another %s than the one that was signed', async (_name, change) => {
  expect(await refusal(change(await sign()))).toEqual(MISMATCH);
});

test('a signed header that didn’t arrive', async () => {
  const request = await sign({ headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' } });
  const { 'x-amz-target': _, ...headers } = request.headers;
  expect(await refusal({ ...request, headers })).toEqual(MISMATCH);
});

test('another secret, also when it is another caller’s', async () => {
  const other = callers.add({ principal: 'arn:other', statements: [] });
  const { secretAccessKey } = credentials;
  expect(await refusal(await sign({ secretAccessKey: 'wrong' }))).toEqual(MISMATCH);
  expect(await refusal(await sign({ ...other, secretAccessKey }))).toEqual(MISMATCH);
});

test('a signature that is no hexadecimal number', async () => {
  const request = await sign();
  const authorization = request.headers.authorization?.replace(/Signature=.*/, 'Signature=zz');
  expect(
    await refusal({ ...request, headers: { ...request.headers, authorization } as never }),
  ).toEqual(MISMATCH);
});

const INVALID_TOKEN =
  'UnrecognizedClientException: The security token included in the request is invalid.';

test('a key nobody has', async () => {
  expect(await refusal(await sign({ accessKeyId: 'ASIANOBODY' }))).toBe(INVALID_TOKEN);
});

test.each(['', 'wrong'])('a session token that isn’t the caller’s: %j', async (token) => {
  const request = await sign();
  const headers = { ...request.headers, 'x-amz-security-token': token };
  expect(await refusal({ ...request, headers })).toBe(INVALID_TOKEN);
});

test('no authorization at all, or another kind of it', async () => {
  const request = await sign();
  const { authorization: _, ...without } = request.headers;
  const expected = 'MissingAuthenticationTokenException: Request is missing Authentication Token';
  expect(await refusal({ ...request, headers: without })).toBe(expected);
  const basic = { ...without, authorization: 'Basic YTpi' };
  expect(await refusal({ ...request, headers: basic })).toBe(expected);
});

test('an authorization with parts missing names them all, and gives nothing of it away', async () => {
  const request = await sign();
  const headers = { host: 'x', authorization: 'AWS4-HMAC-SHA256 Credential=secret-key/scope' };
  const message = String(await refusal({ ...request, headers }));
  expect(message).toMatch(/^IncompleteSignatureException: /);
  expect(message).toContain("requires 'Signature' parameter. ");
  expect(message).toContain("requires 'SignedHeaders' parameter. ");
  expect(message).toContain("existence of either a 'X-Amz-Date' or a 'Date' header.");
  expect(message).not.toContain("'Credential' parameter");
  expect(message).not.toContain('secret-key');
});

test('a host that isn’t signed', async () => {
  const request = await sign();
  const authorization = String(request.headers.authorization).replace('host;', '');
  expect(await refusal({ ...request, headers: { ...request.headers, authorization } })).toBe(
    "InvalidSignatureException: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
  );
});

test.each<[string, Signing, string]>([
  [
    'region',
    { region: 'us-east-1' },
    "Credential should be scoped to a valid region, not 'us-east-1'.",
  ],
  ['service', { service: 'kms' }, "Credential should be scoped to correct service: 'dynamodb'."],
])('a scope with another %s', async (_name, signing, message) => {
  expect(await refusal(await sign(signing))).toBe(`InvalidSignatureException: ${message}`);
});

test('a scope of another day than the request', async () => {
  const request = await sign();
  const authorization = String(request.headers.authorization).replace('/20260131/', '/20260130/');
  expect(await refusal({ ...request, headers: { ...request.headers, authorization } })).toBe(
    "InvalidSignatureException: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260130' != '20260131', from '20260131T093000Z'.",
  );
});

test.each(['20260131T092500Z', '20260131T093500Z'])(
  'five minutes apart are in time: %s',
  async (datetime) => {
    expect(verify(await sign({ datetime }), 'dynamodb').principal).toBe('arn:me');
  },
);

test.each([
  [
    '20260131T092459Z',
    'Signature expired: 20260131T092459Z is now earlier than 20260131T092500Z (20260131T093000Z - 5 min.)',
  ],
  [
    '20260131T093501Z',
    'Signature not yet current: 20260131T093501Z is still later than 20260131T093500Z (20260131T093000Z + 5 min.)',
  ],
])('more than five minutes apart: %s', async (datetime, message) => {
  expect(await refusal(await sign({ datetime }))).toBe(`InvalidSignatureException: ${message}`);
});

test('a day that doesn’t exist', async () => {
  const request = await sign({ datetime: '20269931T093000Z' });
  expect(await refusal(request)).toMatch(/^InvalidSignatureException: /);
});

import { describe, expect, test } from '@jest/globals';
import { AwsV4Signer } from 'aws4fetch';
import { lambdaSubgraph } from '#aws/lambdaSubgraph.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { SubgraphOutOfReach } from '#domain/viewer/subgraphOutOfReach.ts';
import type { SubgraphRequest } from '#domain/viewer/subgraphRequest.ts';
import { type Reply, type TestServer, type ToldRequest, useServer } from './useServer.ts';

const startServer = useServer();

const NAME = 'memopad-dev-memo-subgraph';
const READ: SubgraphRequest = {
  query: 'query Read__memo__0($id:ID!){memo(id:$id){title}}',
  variables: { id: '메모' },
  operationName: 'Read__memo__0',
  authorization: 'Bearer good',
  client: { sourceIp: '192.0.2.1', userAgent: 'test' },
  requestId: 'request-1',
};
const WRITE: SubgraphRequest = { ...READ, query: 'mutation{createMemo(input:{}){id}}' };
const DATA = { data: { memo: { title: '제목' } } };
const GOOD: Reply = { body: JSON.stringify(DATA) };
const TOO_MANY: Reply = {
  status: 429,
  headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
  body: '{"Reason":"ConcurrentInvocationLimitExceeded"}',
};
const UNWELL: Reply = { status: 500, headers: { 'x-amzn-errortype': 'ServiceException' } };

describe('a subgraph that is a function', () => {
  test('is invoked with the request as its payload, and answers with its response', async () => {
    const { subgraph, requests } = await connect(GOOD);
    expect(await subgraph(READ)).toEqual(DATA);
    const [request] = requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: `/2015-03-31/functions/${NAME}/invocations`,
      headers: { 'content-type': 'application/json', 'x-amz-security-token': 'session' },
    });
    expect(JSON.parse(request?.body ?? '')).toEqual(READ);
  });

  test('gets requests whose signature covers path, headers and body', async () => {
    const { subgraph, requests, origin } = await connect(GOOD);
    await subgraph(READ);
    const [request] = requests;
    expect(request?.headers.authorization).toBe(await signatureOf(request, origin));
  });

  test('hears of the trace that the request belongs to', async () => {
    const { subgraph, requests } = await connect(GOOD);
    await subgraph(READ);
    expect(requests[0]?.headers['x-amzn-trace-id']).toBe('Root=1-67891233-abc;Sampled=1');
    expect(requests[0]?.headers.authorization).not.toContain('trace');
  });

  test('may answer with errors', async () => {
    const answer = { data: null, errors: [{ message: 'no', extensions: { code: 'NOT_FOUND' } }] };
    const { subgraph } = await connect({ body: JSON.stringify(answer) });
    expect(await subgraph(READ)).toEqual(answer);
  });
});

describe('what did not run is tried again', () => {
  test.each([
    ['a query', READ],
    ['a mutation', WRITE],
  ])(
    '%s that was one too many: after longer and longer waits, three times in all',
    async (_, request) => {
      const { subgraph, requests, waits } = await connect(TOO_MANY, TOO_MANY, GOOD);
      expect(await subgraph(request)).toEqual(DATA);
      expect(requests).toHaveLength(3);
      expect(waits).toEqual([50, 200]);
    },
  );

  test('and not for ever', async () => {
    const { subgraph, requests } = await connect(TOO_MANY);
    await expect(subgraph(READ)).rejects.toThrow(
      `The subgraph at ${NAME} is out of reach: it answered with status 429 TooManyRequestsException.`,
    );
    expect(requests).toHaveLength(3);
  });

  test('a mutation that nobody took', async () => {
    const waits: number[] = [];
    const client = clientOf('http://127.0.0.1:1');
    const subgraph = lambdaSubgraph({ client, functionName: NAME, ...timesOf(waits) });
    await expect(subgraph(WRITE)).rejects.toThrow('is out of reach: ECONNREFUSED');
    expect(waits).toHaveLength(2);
  });
});

describe('what may have run is tried again only when it reads', () => {
  test.each<[string, Reply]>([
    ['a server that is unwell', UNWELL],
    ['a connection that was cut', 'HANG_UP'],
  ])('%s: a query', async (_, reply) => {
    const { subgraph } = await connect(reply, GOOD);
    expect(await subgraph(READ)).toEqual(DATA);
  });

  test.each<[string, Reply, string]>([
    ['a server that is unwell', UNWELL, 'it answered with status 500 ServiceException'],
    ['a connection that was cut', 'HANG_UP', 'ECONNRESET'],
  ])('%s: a mutation fails', async (_, reply, what) => {
    const { subgraph, requests } = await connect(reply, GOOD);
    await expect(subgraph(WRITE)).rejects.toThrow(`is out of reach: ${what}.`);
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['{memo(id:1){title}}', 2],
    ['subscription{memoChanges{id}}', 1],
    [' mutation{deletePad(id:1)}', 1],
    ['fragment f on Query{memo{id}} mutation{deletePad(id:1)}', 1],
  ])('%s is sent %d times', async (query, times) => {
    const { subgraph, requests } = await connect(UNWELL, GOOD);
    await subgraph({ ...READ, query }).catch(() => {});
    expect(requests).toHaveLength(times);
  });

  test('a query that took too long is not: whoever asked is still waiting', async () => {
    const { subgraph, requests } = await connect('SAY_NOTHING');
    await expect(subgraph(READ)).rejects.toThrow('is out of reach: ETIMEDOUT');
    expect(requests).toHaveLength(1);
  });
});

describe('a subgraph is out of reach, and the error tells no memo,', () => {
  test.each<[string, Reply, string]>([
    [
      'when its role forbids it',
      {
        status: 403,
        headers: { 'x-amzn-errortype': 'AccessDeniedException' },
        body: '{"Message":"dear diary"}',
      },
      'it answered with status 403 AccessDeniedException',
    ],
    [
      'when its function took too long',
      failed('{"errorType":"Sandbox.Timedout","errorMessage":"dear diary"}'),
      'its function failed: Sandbox.Timedout',
    ],
    [
      'when its function threw',
      failed('{"errorType":"TypeError","errorMessage":"dear diary","trace":[]}'),
      'its function failed: TypeError',
    ],
    [
      'when its function failed in words of its own',
      failed('{"errorType":"dear diary, today I failed"}'),
      'its function failed: for an unknown reason',
    ],
    ['when its function failed without a word', failed(''), 'for an unknown reason'],
    ['when it answers no JSON', { body: '<html>dear diary' }, 'its answer is no GraphQL response'],
    ['when it answers null', { body: 'null' }, 'its answer is no GraphQL response'],
    ['when it answers other JSON', { body: '["dear diary"]' }, 'its answer is no GraphQL response'],
  ])('%s', async (_, reply, message) => {
    const { subgraph, requests } = await connect(reply);
    const error = await subgraph(WRITE).catch((caught) => caught);
    expect(error).toBeInstanceOf(SubgraphOutOfReach);
    expect(error.message).toContain(`The subgraph at ${NAME} is out of reach: `);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('diary');
    expect(requests).toHaveLength(1);
  });
});

function failed(body: string): Reply {
  return { headers: { 'x-amz-function-error': 'Unhandled' }, body };
}

interface Connected extends TestServer {
  readonly subgraph: ReturnType<typeof lambdaSubgraph>;
  readonly waits: readonly number[];
}

async function connect(...replies: Reply[]): Promise<Connected> {
  const server = await startServer(...replies);
  const waits: number[] = [];
  const client = clientOf(server.origin);
  const subgraph = lambdaSubgraph({ client, functionName: NAME, ...timesOf(waits) });
  return { ...server, subgraph, waits };
}

/** Nobody waits, and chance is always in the middle. */
function timesOf(waits: number[]) {
  const wait = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  return { wait, random: () => 0.5 };
}

const CREDENTIALS = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' };

function clientOf(endpoint: string) {
  return createSignedClient({
    service: 'lambda',
    region: 'ap-northeast-2',
    endpoint,
    credentials: CREDENTIALS,
    timeoutMs: 300,
    traceId: () => 'Root=1-67891233-abc;Sampled=1',
  });
}

/** What aws4fetch would have signed of what came. */
async function signatureOf(request: ToldRequest | undefined, origin: string) {
  const { headers } = await new AwsV4Signer({
    ...CREDENTIALS,
    method: 'POST',
    url: origin + request?.path,
    headers: { 'content-type': String(request?.headers['content-type']) },
    body: request?.body ?? '',
    service: 'lambda',
    region: 'ap-northeast-2',
    datetime: String(request?.headers['x-amz-date']),
    allHeaders: true,
  }).sign();
  return headers.get('authorization');
}

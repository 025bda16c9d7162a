import { beforeEach, describe, expect, test } from '@jest/globals';
import { createGateway } from '#gateway/server.ts';
import { MINA, useGateway, verifyGood } from './gateway.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the request id', () => {
  const gateway = useGateway({
    memo: { Query: { memo: () => ({ id: 'm1', author: { id: MINA } }) } },
    auth: { User: { __resolveReference: ({ id }: { id: string }) => ({ id, displayName: 'M' }) } },
  });
  beforeEach(gateway.forget);
  const ask = (headers = {}) =>
    gateway.ask('{ memo(id: "m1") { author { displayName } } }', {}, headers);

  test('is taken from the caller and travels to the answer, both subgraphs and the log', async () => {
    const { headers } = await ask({ 'x-request-id': 'Trace-0123456789' });
    const seen = [
      headers['x-request-id'],
      ...gateway.asked.map(({ request }) => request.requestId),
    ];
    expect([...seen, gateway.lines[0]?.requestId]).toEqual(Array(4).fill('Trace-0123456789'));
  });

  test.each([
    ['none', {}],
    ['one too short', { 'x-request-id': 'a-b-c-d' }],
    ['one too long', { 'x-request-id': 'a'.repeat(65) }],
    ['one that would forge a log line', { 'x-request-id': '12345678","level":"error' }],
    ['two', { 'x-request-id': ['12345678', '87654321'] }],
  ])('is made here when there is %s', async (_, headers) => {
    const answer = await ask(headers);
    expect(answer.headers['x-request-id']).toMatch(UUID);
    expect(gateway.lines[0]?.requestId).toBe(answer.headers['x-request-id']);
  });

  test('is different for each request', async () => {
    const ids = [await ask(), await ask()].map(({ headers }) => headers['x-request-id']);
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('comes with refusals too', async () => {
    const { headers } = await gateway.send({ path: '/nowhere', method: 'GET' });
    expect(headers['x-request-id']).toMatch(UUID);
  });
});

describe('what a subgraph is told', () => {
  const gateway = useGateway({ auth: { Query: { me: () => null } } });
  beforeEach(gateway.forget);

  test('the query, its variables, who asks from where, and nothing else', async () => {
    const headers = {
      authorization: 'Bearer good',
      'user-agent': 'tests',
      'x-forwarded-for': '6.6.6.6',
      cookie: 'a=b',
    };
    await gateway.ask('query Me { me { id } }', {}, { ...headers, 'x-request-id': '01234567' });
    expect(gateway.asked).toEqual([
      {
        subgraph: 'auth',
        request: {
          query: 'query Me__auth__0{me{id}}',
          variables: {},
          operationName: 'Me__auth__0',
          authorization: 'Bearer good',
          client: { sourceIp: '127.0.0.1', userAgent: 'tests' },
          requestId: '01234567',
        },
      },
    ]);
  });
});

describe('start-up', () => {
  const gateway = useGateway();

  test('asks no subgraph and logs nothing', () => {
    expect(gateway.asked).toEqual([]);
    expect(gateway.lines).toEqual([]);
  });

  test('keeps the gateway from sending metrics to its maker', () => {
    expect(process.env.APOLLO_TELEMETRY_DISABLED).toBe('true');
  });
});

test('a request after the stop is 500, masked like any other failure', async () => {
  const subgraph = async () => ({ data: null });
  const gateway = await createGateway({
    subgraphs: { auth: subgraph, memo: subgraph },
    verify: verifyGood,
    introspection: false,
    allowedOrigins: [],
    checkHealth: async () => {},
    log: () => {},
  });
  await gateway.stop();
  const { status, body } = await gateway.http({
    ...{ method: 'POST', path: '/graphql', search: '', sourceIp: '127.0.0.1' },
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ me { id } }"}',
  });
  expect(status).toBe(500);
  expect(JSON.parse(String(body))).toEqual({
    errors: [
      {
        message: expect.stringMatching(/^Something went wrong on our side/),
        extensions: { code: 'INTERNAL', requestId: expect.stringMatching(UUID) },
      },
    ],
  });
});

describe('a list with people', () => {
  const nodes = Array.from({ length: 20 }, (_, index) => ({
    id: `m${index}`,
    author: { id: `u${index % 3}` },
  }));
  const gateway = useGateway({
    memo: { Query: { memos: () => ({ nodes }) } },
    auth: { User: { __resolveReference: ({ id }: { id: string }) => ({ id, displayName: id }) } },
  });
  beforeEach(gateway.forget);

  test('costs one call of each subgraph', async () => {
    const { body } = await gateway.ask('{ memos { nodes { id author { displayName } } } }');
    expect(body).not.toHaveProperty('errors');
    expect(gateway.asked.map(({ subgraph }) => subgraph)).toEqual(['memo', 'auth']);
  });
});

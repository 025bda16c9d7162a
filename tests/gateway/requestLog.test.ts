import { beforeEach, describe, expect, test } from '@jest/globals';
import { MemopadError } from '#domain/errors.ts';
import { MINA, useGateway } from './gateway.ts';

let now = 1_000;
const gateway = useGateway({
  clock: () => now,
  auth: {
    Query: {
      me: () => {
        now += 12;
        return null;
      },
    },
    Mutation: { signIn: () => ({ accessToken: 'secret token', user: { id: MINA } }) },
  },
  memo: {
    Query: { memo: () => ({ id: 'm1', title: 'dear diary' }) },
    Mutation: {
      createMemo: () => {
        throw new MemopadError('FORBIDDEN', 'Expected an EDITOR.');
      },
    },
  },
});
beforeEach(gateway.forget);

describe('a request is one line', () => {
  test('that says who did what from where, how it went and how long it took', async () => {
    const { headers } = await gateway.ask(
      'query Who { me { id } }',
      {},
      { authorization: 'Bearer good' },
    );
    expect(gateway.lines).toEqual([
      {
        level: 'info',
        message: 'request',
        requestId: headers['x-request-id'],
        sourceIp: '127.0.0.1',
        status: 200,
        ms: 12,
        operationName: 'Who',
        operationType: 'query',
        errorCodes: undefined,
        userId: MINA,
      },
    ]);
  });

  test('with the codes of its errors', async () => {
    await gateway.ask('mutation M($input: CreateMemoInput!) { createMemo(input: $input) { id } }', {
      input: { title: 'dear diary' },
    });
    expect(gateway.lines).toMatchObject([
      { status: 200, operationName: 'M', operationType: 'mutation', errorCodes: ['FORBIDDEN'] },
    ]);
  });

  test.each([
    ['a bad token', 401, 'UNAUTHENTICATED', { authorization: 'Bearer bad' }],
    ['an unacceptable answer', 406, 'BAD_USER_INPUT', { accept: 'text/html' }],
    ['a foreign site', 403, 'FORBIDDEN', { 'sec-fetch-site': 'cross-site' }],
  ])('also when it is refused for %s', async (_, status, code, headers) => {
    await gateway.ask('query Who { me { id } }', {}, headers);
    expect(gateway.lines).toMatchObject([{ message: 'request', status, errorCodes: [code] }]);
  });

  test('with a name that is cut when it is long', async () => {
    await gateway.ask(`query ${'N'.repeat(5_000)} { me { id } }`);
    expect(gateway.lines[0]?.operationName).toBe('N'.repeat(100));
  });

  test('without a name that no operation has', async () => {
    const body = JSON.stringify({ query: '{ me { id } }', operationName: 'x"\n{"level":"error"' });
    await gateway.send({ headers: { 'content-type': 'application/json' }, body });
    expect(gateway.lines).toMatchObject([
      { operationName: undefined, errorCodes: ['BAD_USER_INPUT'] },
    ]);
  });

  test('health checks and preflights get none', async () => {
    await gateway.send({ method: 'GET', path: '/health' });
    await gateway.send({ method: 'OPTIONS' });
    expect(gateway.lines).toEqual([]);
  });
});

describe('no line holds', () => {
  const SECRETS = /diary|secret token|correct horse|Bearer|good/;

  test.each<[string, string, Record<string, unknown>, Record<string, string>]>([
    ['the token of a request', '{ me { id } }', {}, { authorization: 'Bearer good' }],
    ['a refused token', '{ me { id } }', {}, { authorization: 'Bearer dear.diary' }],
    [
      'memo text in variables',
      'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }',
      { input: { title: 'dear diary' } },
      {},
    ],
    [
      'memo text in variables that do not fit',
      'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }',
      { input: { titel: 'dear diary' } },
      {},
    ],
    [
      'memo text in the document',
      'mutation { createMemo(input: { title: "dear diary" }) { id } }',
      {},
      {},
    ],
    ['memo text in a broken document', 'mutation { createMemo("dear diary") }', {}, {}],
    ['memo text in an answer', '{ memo(id: "m1") { title } }', {}, {}],
    [
      'a password and the token it brought',
      'mutation { signIn(input: { email: "a@b.example", password: "correct horse" }) { accessToken } }',
      {},
      {},
    ],
  ])('%s', async (_, query, variables, headers) => {
    await gateway.ask(query, variables, headers);
    expect(gateway.lines).toHaveLength(1);
    expect(JSON.stringify(gateway.lines)).not.toMatch(SECRETS);
  });

  test('what is in the query string of a GET request', async () => {
    const query = encodeURIComponent('{ memo(id: "dear diary") { id } }');
    await gateway.send({ method: 'GET', path: `/graphql?query=${query}&secret=diary` });
    expect(gateway.lines).toHaveLength(1);
    expect(JSON.stringify(gateway.lines)).not.toContain('diary');
  });
});

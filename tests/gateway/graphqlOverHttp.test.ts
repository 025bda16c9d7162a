import { beforeEach, describe, expect, test } from '@jest/globals';
import { onlyError, useGateway } from './gateway.ts';

const gateway = useGateway({
  auth: { Query: { me: () => ({ id: 'u1', displayName: '민아' }) } },
});
beforeEach(gateway.forget);

const ME = '{ me { displayName } }';
const JSON_BODY = { 'content-type': 'application/json' };
const GRAPHQL_TYPE = 'application/graphql-response+json';

describe('a query', () => {
  test('by POST gives its data as JSON in UTF-8', async () => {
    const { status, headers, body } = await gateway.ask(ME);
    expect({ status, body }).toEqual({
      status: 200,
      body: { data: { me: { displayName: '민아' } } },
    });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('by GET gives the same', async () => {
    const path = `/graphql?query=${encodeURIComponent(ME)}&variables=&operationName=`;
    const { status, body } = await gateway.send({ method: 'GET', path });
    expect({ status, body }).toEqual({
      status: 200,
      body: { data: { me: { displayName: '민아' } } },
    });
  });

  test('is never cached or sniffed', async () => {
    const { headers } = await gateway.ask(ME);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  test('runs the operation that operationName names', async () => {
    const query = `query A { a: me { displayName } } query B { b: me { displayName } }`;
    const { body } = await gateway.send({
      headers: JSON_BODY,
      body: JSON.stringify({ query, operationName: 'B' }),
    });
    expect(body).toEqual({ data: { b: { displayName: '민아' } } });
  });
});

describe('the media type of the answer', () => {
  test.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/*', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['application/json', 'application/json'],
    [GRAPHQL_TYPE, GRAPHQL_TYPE],
    [`${GRAPHQL_TYPE}; charset=utf-8, application/json; charset=utf-8`, GRAPHQL_TYPE],
    [`application/json, ${GRAPHQL_TYPE}`, 'application/json'],
    [`application/json;q=0.9, ${GRAPHQL_TYPE}`, GRAPHQL_TYPE],
    [`${GRAPHQL_TYPE}, */*`, GRAPHQL_TYPE],
    ['application/json;q=0, */*', GRAPHQL_TYPE],
    ['APPLICATION/JSON', 'application/json'],
  ])('Accept: %s is answered with %s', async (accept, expected) => {
    const { status, headers } = await gateway.ask(ME, {}, accept === undefined ? {} : { accept });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(`${expected}; charset=utf-8`);
  });

  test.each(['text/html', 'image/*', 'application/json;q=0', 'nonsense'])(
    'Accept: %s is 406, and a mutation does not run',
    async (accept) => {
      const answer = await gateway.ask('mutation { signOut }', {}, { accept });
      expect(answer.status).toBe(406);
      expect(onlyError(answer).extensions.code).toBe('BAD_USER_INPUT');
      expect(gateway.asked).toEqual([]);
    },
  );
});

describe('a browser at the address of the API', () => {
  const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  test('reads what is here and where the playground is', async () => {
    const answer = await gateway.send({ method: 'GET', path: '/graphql', headers });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.text).toContain('/playground');
  });

  test('gets an answer to a query in its address', async () => {
    const path = `/graphql?query=${encodeURIComponent(ME)}`;
    const { status, body } = await gateway.send({ method: 'GET', path, headers });
    expect({ status, body }).toEqual({
      status: 200,
      body: { data: { me: { displayName: '민아' } } },
    });
  });
});

describe('the status of a request that GraphQL refuses', () => {
  const REFUSED = ['{', '{ nothingOfThisName }', 'query ($id: ID!) { memo(id: $id) { id } }'];

  test.each(REFUSED)('is 400 for clients of GraphQL responses: %s', async (query) => {
    const { status, body } = await gateway.ask(query, {}, { accept: GRAPHQL_TYPE });
    expect(status).toBe(400);
    expect(body).not.toHaveProperty('data');
  });

  test.each(REFUSED)('is 200 for clients of plain JSON: %s', async (query) => {
    const { status, body } = await gateway.ask(query);
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('data');
  });

  test.each([
    ['two operations and no name', undefined],
    ['two operations and another name', 'C'],
  ])('is 400 for %s', async (_, operationName) => {
    const answer = await gateway.send({
      headers: { ...JSON_BODY, accept: GRAPHQL_TYPE },
      body: JSON.stringify({ query: `query A ${ME} query B ${ME}`, operationName }),
    });
    expect(answer.status).toBe(400);
    expect(onlyError(answer)).toEqual({
      message: "Expected operationName to say which of the document's 2 operations to run.",
      extensions: { code: 'BAD_USER_INPUT', reason: 'OPERATION_RESOLUTION_FAILURE' },
    });
    expect(gateway.asked).toEqual([]);
  });
});

describe('a body', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', '{ "query": "{ me { displayName } }"'],
    ['a text', '"{ me { displayName } }"'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['an empty query', '{"query":""}'],
    ['a parsed document', '{"query":{"kind":"Document"}}'],
    ['a batch', `[{"query":"${ME}"},{"query":"${ME}"}]`],
    ['an empty batch', '[]'],
    ['variables as a text', `{"query":"${ME}","variables":"{}"}`],
    ['variables as a list', `{"query":"${ME}","variables":[]}`],
    ['a numeric operationName', `{"query":"${ME}","operationName":1}`],
    ['extensions as a list', `{"query":"${ME}","extensions":[]}`],
  ])('of %s is 400 and reaches no subgraph', async (_, body) => {
    const answer = await gateway.send({ headers: JSON_BODY, body });
    expect(answer.status).toBe(400);
    expect(onlyError(answer)).toEqual({
      message: expect.stringMatching(/^Expected /),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(gateway.asked).toEqual([]);
  });

  test('that is no JSON is not quoted in the error', async () => {
    const { text } = await gateway.send({ headers: JSON_BODY, body: '{"query": "dear diary' });
    expect(text).not.toContain('diary');
  });

  test('may have properties we do not know', async () => {
    const body = JSON.stringify({ query: ME, later: true });
    expect((await gateway.send({ headers: JSON_BODY, body })).status).toBe(200);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'of the type %s, which pages can send unasked, is 415',
    async (type) => {
      const body = JSON.stringify({ query: 'mutation { signOut }' });
      const answer = await gateway.send({ headers: { 'content-type': type }, body });
      expect(answer.status).toBe(415);
      expect(onlyError(answer).extensions.code).toBe('BAD_USER_INPUT');
      expect(gateway.asked).toEqual([]);
    },
  );

  test.each([
    ['without a type', {}],
    ['of an unknown type', { 'content-type': 'application/graphql' }],
    ['in another encoding', { 'content-type': 'application/json; charset=latin1' }],
    ['that is compressed', { ...JSON_BODY, 'content-encoding': 'gzip' }],
    [
      'of plain text, whatever header claims a preflight',
      {
        'content-type': 'text/plain',
        'apollo-require-preflight': 'true',
      },
    ],
  ])('%s is 415', async (_, headers) => {
    const body = JSON.stringify({ query: ME });
    expect((await gateway.send({ headers, body })).status).toBe(415);
  });

  test.each([
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'Application/JSON',
  ])('of the type %s is read', async (type) => {
    const body = JSON.stringify({ query: ME });
    expect((await gateway.send({ headers: { 'content-type': type }, body })).status).toBe(200);
  });
});

describe('a GET request', () => {
  const get = (search: string) => gateway.send({ method: 'GET', path: `/graphql?${search}` });

  test('never runs a mutation: 405 with what is allowed', async () => {
    const answer = await get(`query=${encodeURIComponent('mutation { signOut }')}`);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expect(onlyError(answer).extensions.code).toBe('BAD_USER_INPUT');
    expect(gateway.asked).toEqual([]);
  });

  test('may name a query beside a mutation', async () => {
    const query = encodeURIComponent(`mutation M { signOut } query Q ${ME}`);
    expect((await get(`query=${query}&operationName=Q`)).status).toBe(200);
    expect((await get(`query=${query}&operationName=M`)).status).toBe(405);
  });

  test.each([
    ['no query', ''],
    ['two queries', 'query={me{id}}&query={me{id}}'],
    ['variables that are no JSON', 'query={me{id}}&variables=x'],
    ['variables that are a list', 'query={me{id}}&variables=[]'],
  ])('with %s is 400', async (_, search) => {
    expect((await get(encodeURI(search))).status).toBe(400);
  });
});

describe('other paths and methods', () => {
  test.each(['PUT', 'DELETE', 'PATCH'])(
    '%s /graphql is 405 with what is allowed',
    async (method) => {
      const answer = await gateway.send({ method });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, POST, OPTIONS');
    },
  );

  test('POST /health is 405 with what is allowed', async () => {
    const { status, headers } = await gateway.send({ path: '/health', body: '' });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });

  test.each(['/', '/graphql/', '/graphqlx', '/admin', '/__proto__'])('%s is 404', async (path) => {
    const answer = await gateway.send({ method: 'GET', path });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toMatch('application/json');
    expect(onlyError(answer).extensions.code).toBe('NOT_FOUND');
  });
});

describe('persisted queries', () => {
  test('are not kept, and clients are told in the words they know', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    const answer = await gateway.send({ headers: JSON_BODY, body: JSON.stringify({ extensions }) });
    expect(onlyError(answer)).toEqual({
      message: 'PersistedQueryNotSupported',
      extensions: { code: 'BAD_USER_INPUT', reason: 'PERSISTED_QUERY_NOT_SUPPORTED' },
    });
  });
});

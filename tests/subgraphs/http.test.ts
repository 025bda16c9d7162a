import { describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '#domain/viewer/httpMessage.ts';
import type { SubgraphRequest } from '#domain/viewer/subgraphRequest.ts';
import { serveSubgraph } from '#subgraphs/http.ts';

const SECRET = 'the gateway knows';
const REQUEST: SubgraphRequest = {
  query: '{ me { id } }',
  variables: { id: '메모' },
  operationName: 'Me',
  authorization: 'Bearer x',
  client: { sourceIp: '203.0.113.7', userAgent: 'a browser' },
  requestId: 'r1',
};

function serve() {
  const asked: SubgraphRequest[] = [];
  const handle = serveSubgraph({
    secret: SECRET,
    subgraph: async (request) => {
      asked.push(request);
      return { data: { me: { id: '나' } } };
    },
  });
  const send = (given: Partial<HttpRequest>) =>
    handle({
      method: 'POST',
      path: '/',
      search: '',
      headers: { 'x-subgraph-secret': SECRET },
      body: JSON.stringify(REQUEST),
      sourceIp: '127.0.0.1',
      ...given,
    });
  return { asked, send };
}

describe('a subgraph behind HTTP', () => {
  test('answers the gateway', async () => {
    const { asked, send } = serve();
    const { status, headers, body } = await send({});
    expect({ status, body }).toEqual({ status: 200, body: '{"data":{"me":{"id":"나"}}}' });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(asked).toEqual([REQUEST]);
  });

  test('takes a request without what is optional', async () => {
    const { asked, send } = serve();
    const { query, requestId } = REQUEST;
    const smallest = { query, requestId, client: { sourceIp: '::1' } };
    expect((await send({ body: JSON.stringify(smallest) })).status).toBe(200);
    expect(asked).toEqual([smallest]);
  });

  test.each<[string, Record<string, string>]>([
    ['no secret', {}],
    ['an empty secret', { 'x-subgraph-secret': '' }],
    ['a wrong secret', { 'x-subgraph-secret': 'the gateway knew!' }],
    ['the start of the secret', { 'x-subgraph-secret': SECRET.slice(0, -1) }],
    ['the secret twice', { 'x-subgraph-secret': `${SECRET}, ${SECRET}` }],
    ['the secret elsewhere', { authorization: SECRET }],
  ])('refuses %s with 403, whatever is asked', async (_, headers) => {
    const { asked, send } = serve();
    for (const given of [{}, { method: 'GET' }, { body: '' }]) {
      const { status, body } = await send({ ...given, headers });
      expect([status, body]).toEqual([403, '{"errors":[{"message":"Expected the gateway."}]}']);
    }
    expect(asked).toEqual([]);
  });

  test.each(['GET', 'PUT', 'OPTIONS', 'HEAD'])('refuses %s with 405', async (method) => {
    const { asked, send } = serve();
    const { status, headers } = await send({ method });
    expect([status, headers.allow]).toEqual([405, 'POST']);
    expect(asked).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a list', [REQUEST]],
    ['a text', 'query'],
    ['no query', { ...REQUEST, query: undefined }],
    ['a query that is no text', { ...REQUEST, query: { a: 1 } }],
    ['no request id', { ...REQUEST, requestId: undefined }],
    ['variables that are a list', { ...REQUEST, variables: [] }],
    ['variables that are a text', { ...REQUEST, variables: '{}' }],
    ['an operation name that is no text', { ...REQUEST, operationName: 1 }],
    ['an authorization that is no text', { ...REQUEST, authorization: ['Bearer x'] }],
    ['no client', { ...REQUEST, client: undefined }],
    ['a client without address', { ...REQUEST, client: {} }],
    ['a user agent that is no text', { ...REQUEST, client: { sourceIp: '::1', userAgent: 1 } }],
  ])('refuses %s with 400', async (_, value) => {
    const { asked, send } = serve();
    expect((await send({ body: JSON.stringify(value) })).status).toBe(400);
    expect(asked).toEqual([]);
  });

  test.each(['', '{', 'undefined', '\u0000'])('refuses the body %j with 400', async (body) => {
    expect((await serve().send({ body })).status).toBe(400);
  });

  test('is not served without a secret', () => {
    const subgraph = async () => ({ data: {} });
    expect(() => serveSubgraph({ subgraph, secret: '' })).toThrow('Expected a secret');
  });
});

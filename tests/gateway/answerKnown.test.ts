import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { MemopadError } from '#domain/errors.ts';
import { type GraphQLAnswer, useGateway, type Wish } from './gateway.ts';

const resolvers = {
  memo: {
    Query: {
      pad: (_: unknown, { id }: { id: string }) => {
        if (id === 'gone') throw new MemopadError('NOT_FOUND', 'Expected a pad.');
        if (id === 'slow') throw new MemopadError('RATE_LIMITED', '', { retryAfterSeconds: 3 });
        if (id === 'boom') throw new Error('dear diary');
        return { id, name: id };
      },
    },
    Mutation: { createPad: (_: unknown, { name }: { name: string }) => ({ id: 'p', name }) },
  },
};

const QUERY = 'query Pad($id: ID!) { pad(id: $id) { id name } }';
const MUTATION = 'mutation Make($name: String = "new") { createPad(name: $name) { name } }';

const post = (body: object, headers = {}): Wish => ({
  headers: { 'content-type': 'application/json', 'x-request-id': 'fixed-request', ...headers },
  body: JSON.stringify(body),
});
const asPage = { accept: 'application/graphql-response+json' };
const persistedQuery = { version: 1, sha256Hash: 'abc' };

/** What each request is like beside one that taught the gateway its operation. */
const WISHES: readonly [string, Wish][] = [
  ['an answer', post({ query: QUERY, variables: { id: 'a' } })],
  [
    'an answer to a named operation',
    post({ query: QUERY, operationName: 'Pad', variables: { id: 'a' } }),
  ],
  ['another media type', post({ query: QUERY, variables: { id: 'a' } }, asPage)],
  ['an error of a subgraph', post({ query: QUERY, variables: { id: 'gone' } })],
  ['a wait', post({ query: QUERY, variables: { id: 'slow' } })],
  ['a failure', post({ query: QUERY, variables: { id: 'boom' } })],
  ['no variables', post({ query: QUERY })],
  ['a wrong variable', post({ query: QUERY, variables: { id: [1] } })],
  [
    'a wrong variable, as another media type',
    post({ query: QUERY, variables: { id: {} } }, asPage),
  ],
  [
    'an unknown operation name',
    post({ query: QUERY, operationName: 'Pod', variables: { id: 'a' } }),
  ],
  ['a mutation', post({ query: MUTATION, variables: { name: 'x' } })],
  ['a default', post({ query: MUTATION, variables: null })],
  [
    'a persisted query',
    post({ query: QUERY, variables: { id: 'a' }, extensions: { persistedQuery } }),
  ],
  [
    'a mutation by GET',
    {
      ...post({}),
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent(MUTATION)}`,
      body: '',
    },
  ],
  [
    'a query by GET',
    {
      ...{ method: 'GET', headers: { 'x-request-id': 'fixed-request' } },
      path: `/graphql?query=${encodeURIComponent(QUERY)}&variables={"id":"a"}`,
    },
  ],
];

describe.each(WISHES)('an operation that came before is answered like a new one: %s', (_, wish) => {
  const fresh = useGateway(resolvers);
  const taught = useGateway(resolvers);

  test('in status, headers, body, questions to subgraphs and log', async () => {
    const { method, ...sent } = wish;
    await taught.ask(QUERY, { id: 'a' });
    await taught.send(post({ query: QUERY, operationName: 'Pad', variables: { id: 'a' } }));
    await taught.ask(MUTATION);
    taught.forget();
    const whole =
      method === 'GET' ? { method, path: sent.path ?? '', headers: sent.headers ?? {} } : wish;
    const [one, other] = [await fresh.send(whole), await taught.send(whole)];
    expect(comparable(other)).toEqual(comparable(one));
    expect(taught.asked).toEqual(fresh.asked);
    expect(taught.lines.map(withoutTime)).toEqual(fresh.lines.map(withoutTime));
  });
});

describe('of documents whose operations did not run', () => {
  const gateway = useGateway(resolvers);
  const tags = '"a" '.repeat(900);
  const refuseMany = async () => {
    for (let count = 0; count < 60; count += 1) {
      const query = `query ($n: Int!) { memos(first: $n, filter: { tags: [${tags}] }) { nodes { id } } } # ${Math.random()}`;
      expect((await gateway.ask(query)).text).toContain('got nothing');
    }
  };

  test('nothing is kept', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const measure = () => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    await refuseMany();
    const before = measure();
    await refuseMany();
    expect(measure() - before).toBeLessThan(4_000_000);
  });
});

function comparable({ status, headers: { date, ...headers }, text }: GraphQLAnswer) {
  return { status, headers, text };
}

function withoutTime(entry: object) {
  return { ...entry, ms: 0, error: '' };
}

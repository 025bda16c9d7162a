import { beforeEach, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery, parse } from 'graphql';
import { LIMITS } from '#gateway/limits.ts';
import { onlyError, useGateway } from './gateway.ts';

const gateway = useGateway({
  auth: {
    Query: { me: () => null },
    Mutation: { signIn: () => ({ accessToken: 'a', user: { id: 'u1' } }) },
  },
  memo: { Query: { memo: () => null, pads: () => [] }, Mutation: { createMemo: () => null } },
});
beforeEach(gateway.forget);

const repeat = (times: number, write: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => write(index)).join(' ');

/** `pad.memos.nodes.pad …` with so many selections in one another. */
const nested = (depth: number): string => {
  const fields = ['memos(first: 1)', 'nodes', 'pad'];
  const path = Array.from({ length: depth - 2 }, (_, index) => fields[index % 3]);
  return `{ memo(id: "m") { pad ${path.map((field) => `{ ${field}`).join(' ')} { __typename } ${'}'.repeat(depth - 2)} } }`;
};

async function expectRefusal(query: string, message: RegExp): Promise<void> {
  const answer = await gateway.ask(query);
  expect(onlyError(answer)).toMatchObject({
    message: expect.stringMatching(message),
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect(answer.body).not.toHaveProperty('data');
  expect(gateway.asked).toEqual([]);
}

async function expectNoLimit(query: string): Promise<void> {
  const { body } = await gateway.ask(query);
  const messages = body.errors?.map(({ message }) => message).join() ?? '';
  expect(messages).not.toMatch(/limit|at most|Parsing aborted/);
}

describe('depth', () => {
  test('at the limit passes', () => expectNoLimit(nested(LIMITS.depth - 1)));
  test('beyond the limit is refused', () =>
    expectRefusal(nested(LIMITS.depth + 1), /depth limit of 10 exceeded/));
  test('counts through named fragments', () =>
    expectRefusal(
      `{ memo(id: "m") { ...A } }
       fragment A on Memo { pad { memos(first: 1) { nodes { ...B } } } }
       fragment B on Memo { pad { memos(first: 1) { nodes { ...C } } } }
       fragment C on Memo { pad { memos(first: 1) { nodes { author { id } } } } }`,
      /depth limit/,
    ));
  test('is not dodged by a fragment named like introspection', () =>
    expectRefusal(
      `{ memo(id: "m") { ...__schema } } fragment __schema on Memo ${nested(12).slice('{ memo(id: "m") '.length, -2)}`,
      /depth limit/,
    ));
});

describe('aliases', () => {
  const query = (count: number) => `{ ${repeat(count, (index) => `a${index}: me { id }`)} }`;
  test('up to the limit pass', () => expectNoLimit(query(LIMITS.aliases)));
  test('beyond the limit are refused', () =>
    expectRefusal(query(LIMITS.aliases + 1), /Aliases limit/));
  test('count in fragments each time they are spread', () =>
    expectRefusal(
      `{ me { ...A } other: me { ...A } third: me { ...A } } fragment A on User { ${repeat(6, (index) => `a${index}: id`)} }`,
      /Aliases limit/,
    ));
});

describe('directives', () => {
  const query = (count: number) =>
    `{ ${repeat(count, (index) => `a${index % 9}: __typename @include(if: true)`)} }`;
  test('up to the limit pass', () => expectNoLimit(query(LIMITS.directives)));
  test('beyond the limit are refused', () =>
    expectRefusal(query(LIMITS.directives + 1), /Directives limit/));
});

describe('tokens', () => {
  const query = (tokens: number) => `{ ${repeat(tokens - 2, () => '__typename')} }`;
  test('up to the limit pass', () => expectNoLimit(query(LIMITS.tokens)));
  test('beyond the limit are refused', () =>
    expectRefusal(query(LIMITS.tokens + 1), /Document contains more th.. 1000 tokens/));
});

describe('cost', () => {
  test.each([
    [
      'a page of 100 memos with their people',
      '{ memos(first: 100) { nodes { author { id } lastEditor { id } pad { id } tasks { text } } } }',
    ],
    [
      'every pad with a page of memos',
      '{ pads { name members { user { displayName } } memos { nodes { title author { displayName } } } } }',
    ],
    [
      'a page of 100 memos with all they have',
      'query ($n: Int) { memos(first: $n) { edges { cursor node { body tasks { text } author { id } } } } }',
    ],
    ['a page of bodies of every pad', '{ pads { memos { nodes { title body } } } }'],
    [
      'four pages of 100',
      '{ a: memos(first: 100) { ...P } b: memos(first: 100) { ...P } c: memos(first: 100) { ...P } d: memos(first: 100) { ...P } } fragment P on MemoConnection { nodes { title author { displayName } } }',
    ],
  ])('of %s is low enough', async (_, query) => expectNoLimit(query));

  test.each([
    [
      'pages in pages',
      '{ pads { memos(first: 100) { nodes { pad { memos(first: 100) { nodes { id } } } } } } }',
    ],
    [
      'page sizes given by variables',
      'query ($n: Int) { pads { memos(first: $n) { nodes { pad { memos(first: $n) { nodes { id } } } } } } }',
    ],
    [
      'page sizes left out',
      '{ pads { memos { nodes { pad { memos { nodes { author { id } } } } } } } }',
    ],
    [
      'what fragments hide',
      '{ pads { ...A } } fragment A on Pad { memos(first: 100) { nodes { pad { ...B } } } } fragment B on Pad { memos(first: 100) { nodes { id } } }',
    ],
    [
      'what a fragment brings in each time it is spread',
      `{ ${repeat(15, (index) => `a${index}: memos(first: 100) { ...P }`)} } fragment P on MemoConnection { nodes { author { id } lastEditor { id } pad { id } } }`,
    ],
    [
      'what inline fragments hide',
      '{ ... { pads { ... on Pad { memos(first: 100) { ... { nodes { pad { memos(first: 100) { nodes { id } } } } } } } } } }',
    ],
    [
      'tasks of many pages',
      `{ ${repeat(15, (index) => `a${index}: memos(first: 10) { nodes { tasks { index text done } } }`)} }`,
    ],
    [
      'bodies of the same pad over and over',
      `{ memos(first: 100) { nodes { pad { ${repeat(8, (index) => `a${index}: memos(first: 2) { nodes { body } }`)} } } } }`,
    ],
    ['bodies over many pads', '{ pads { memos(first: 100) { nodes { body } } } }'],
    [
      'one body under many names',
      `{ memos(first: 100) { nodes { ${repeat(8, (index) => `a${index}: body`)} } } }`,
    ],
  ])('of %s is too high', async (_, query) =>
    expectRefusal(query, /answers with at most 5000 objects/),
  );
});

describe('documents made to keep a checker busy', () => {
  test('fragments that spread themselves are refused', async () => {
    const query = '{ me { ...A } } fragment A on User { ...B } fragment B on User { id ...A }';
    const { body } = await gateway.ask(query);
    expect(body.errors?.map(({ message }) => message).join()).toMatch(/Cannot spread fragment/);
  });

  test('fragments that spread the next one twice, 60 deep, are judged at once', async () => {
    const fragments = repeat(
      60,
      (index) => `fragment F${index} on User { ...F${index + 1} ...F${index + 1} }`,
    );
    const query = `{ me { ...F0 } } ${fragments} fragment F60 on User { id }`;
    expect((await gateway.ask(query)).status).toBe(200);
  });
});

describe('introspection while it is on', () => {
  test.each([
    [
      'in full, as GraphiQL asks',
      getIntrospectionQuery({
        descriptions: true,
        inputValueDeprecation: true,
        schemaDescription: true,
        specifiedByUrl: true,
        directiveIsRepeatable: true,
      }),
    ],
    ['in short', getIntrospectionQuery()],
  ])('passes %s', async (_, query) => {
    const { body } = await gateway.ask(query);
    expect(body).not.toHaveProperty('errors');
    expect(body.data).toHaveProperty('__schema.queryType.name', 'Query');
  });

  test('that goes round in circles is refused', async () => {
    const query = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`;
    expect(parse(query)).toBeDefined();
    expect((await gateway.ask(query)).body.errors?.[0]?.message).toMatch(/introspection depth/i);
  });
});

describe('fields that take a secret', () => {
  const input = '(input: { email: "a@b.example", password: "guess 1" })';

  test('one an operation passes', async () => {
    const { body } = await gateway.ask(`mutation { signIn${input} { accessToken } }`);
    expect(body).toEqual({ data: { signIn: { accessToken: 'a' } } });
  });

  test.each([
    ['aliases', `mutation { a: signIn${input} { accessToken } b: signIn${input} { accessToken } }`],
    ['merging', `mutation { signIn${input} { accessToken } signIn${input} { expiresAt } }`],
    [
      'different fields',
      `mutation { signIn${input} { accessToken } refreshSession(refreshToken: "r") { accessToken } }`,
    ],
    [
      'a fragment',
      `mutation { ...A b: signIn${input} { accessToken } } fragment A on Mutation { signIn${input} { accessToken } }`,
    ],
    [
      'a fragment in fragments',
      `mutation { ...A ...B } fragment A on Mutation { ...C } fragment B on Mutation { ...C } fragment C on Mutation { signIn${input} { accessToken } }`,
    ],
    [
      'an inline fragment',
      `mutation { ... on Mutation { ... { signIn${input} { accessToken } } } changePassword(currentPassword: "a", newPassword: "b") { accessToken } }`,
    ],
  ])('two by %s are refused', async (_, query) => {
    await expectRefusal(
      query,
      /^Expected at most one of signIn, signUp, refreshSession, changePassword/,
    );
  });

  test('one in each of two operations passes, as only one of them runs', async () => {
    const query = `mutation A { signIn${input} { accessToken } } mutation B { signIn${input} { expiresAt } }`;
    const { body } = await gateway.send({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, operationName: 'A' }),
    });
    expect(body).toEqual({ data: { signIn: { accessToken: 'a' } } });
  });
});

describe('size', () => {
  const CREATE = 'mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }';
  const post = (body: string) =>
    gateway.send({ headers: { 'content-type': 'application/json' }, body });

  test('of the longest memo, each character escaped, fits', async () => {
    const escaped = '\\ud55c'.repeat(100_000);
    const tags = JSON.stringify(Array.from({ length: 50 }, () => '한'.repeat(50)));
    const input = `{"title":"${'\\ud55c'.repeat(200)}","body":"${escaped}","tags":${tags}}`;
    await post(`{"query":${JSON.stringify(CREATE)},"variables":{"input":${input}}}`);
    const variables = gateway.asked[0]?.request.variables as { input: { body: string } };
    expect(variables.input.body).toBe('한'.repeat(100_000));
  });

  test('of a body beyond the limit is 413, counted in bytes', async () => {
    const body = JSON.stringify({
      query: '{ me { id } }',
      filler: '한'.repeat(LIMITS.bodyBytes / 3),
    });
    const answer = await post(body);
    expect(answer.status).toBe(413);
    expect(onlyError(answer)).toMatchObject({
      message: expect.stringMatching(
        /^Expected a body of at most 1000000 bytes, got 1000\d\d\d\.$/,
      ),
      extensions: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });

  test('of a body at the limit passes', async () => {
    const empty = JSON.stringify({ query: '{ me { id } }', filler: '' });
    const body = JSON.stringify({
      query: '{ me { id } }',
      filler: 'x'.repeat(LIMITS.bodyBytes - empty.length),
    });
    expect((await post(body)).body).toEqual({ data: { me: null } });
  });

  test('of a document at the limit passes', async () => {
    const query = '{ me { id } }'.padEnd(LIMITS.queryLength);
    expect((await gateway.ask(query)).body).toEqual({ data: { me: null } });
  });

  test('of a document beyond the limit is refused and says where long texts belong', async () => {
    const query = `mutation { createMemo(input: { title: "a", body: "${'x'.repeat(LIMITS.queryLength)}" }) { id } }`;
    const answer = await gateway.ask(query);
    expect(answer.status).toBe(400);
    expect(onlyError(answer)).toMatchObject({
      message: `Expected "query" to be at most 20000 characters, got ${query.length}. Long texts belong into variables.`,
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(gateway.asked).toEqual([]);
  });

  test.each([
    [LIMITS.urlLength, 200],
    [LIMITS.urlLength + 1, 414],
  ])('of a query string of %i characters is answered with %i', async (length, status) => {
    const search = '?query={me{id}}&filler=';
    const path = `/graphql${search}${'x'.repeat(length - search.length)}`;
    expect((await gateway.send({ method: 'GET', path })).status).toBe(status);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import { ask, createTestApi } from '#tests/local/appsync/testApi.ts';

const GIVE = (value: string) => `export function request() { return {}; }
export function response(ctx) { return ${value}; }`;

describe('who may ask', () => {
  const api = createTestApi({
    schema: `
type Open @aws_api_key @aws_oidc { name: String secret: String @aws_oidc }
type Closed { name: String }
type Query { open: Open @aws_api_key @aws_oidc closed: Closed hidden: String @aws_iam }
type Mutation { publish: String @aws_iam }`,
    authModes: [
      { type: 'OPENID_CONNECT', issuer: 'https://auth.example.com' },
      { type: 'API_KEY' },
      { type: 'AWS_IAM' },
    ],
    code: {
      'Query.open': GIVE(`{ name: 'a', secret: 'b' }`),
      'Query.closed': GIVE(`{ name: 'c' }`),
      'Query.hidden': GIVE(`'d'`),
      'Mutation.publish': GIVE(`'e'`),
    },
  });
  const viewer: AppSyncCaller = { mode: 'OPENID_CONNECT', identity: {} };
  const signer = (...fields: string[]): AppSyncCaller => ({
    mode: 'AWS_IAM',
    identity: {},
    mayCall: (type, field) => fields.includes(`${type}.${field}`),
  });

  test('a field that names a mode is open to that mode, and its type names those of the rest', async () => {
    const { data, errors } = await ask(api, '{ open { name secret } }');
    expect(data).toEqual({ open: { name: 'a', secret: null } });
    expect(errors).toMatchObject([
      {
        path: ['open', 'secret'],
        errorType: 'Unauthorized',
        message: 'Not Authorized to access secret on type Open',
      },
    ]);
  });

  test('what names no mode is open to the first one alone', async () => {
    expect(await ask(api, '{ closed { name } }', { caller: viewer })).toEqual({
      data: { closed: { name: 'c' } },
    });
    expect((await ask(api, '{ closed { name } }')).data).toEqual({ closed: null });
    expect((await ask(api, '{ hidden }', { caller: viewer })).data).toEqual({ hidden: null });
  });

  test('a signer needs a policy for the field it begins with', async () => {
    const publish = 'mutation { publish }';
    expect(await ask(api, publish, { caller: signer('Mutation.publish') })).toEqual({
      data: { publish: 'e' },
    });
    expect((await ask(api, publish, { caller: signer('Query.hidden') })).errors).toMatchObject([
      { errorType: 'Unauthorized' },
    ]);
  });
});

describe('refusals before anything runs', () => {
  const schema = 'type Note { id: ID note: Note } type Query { note: Note }';
  const told = async (options: object, query: string) =>
    ask(createTestApi({ schema, ...options }), query);

  test('a document that is none', async () => {
    expect(await told({}, '{ note ')).toMatchObject({
      data: null,
      errors: [{ path: null, errorType: 'MalformedSyntaxException' }],
    });
  });

  test('a document that the schema does not allow', async () => {
    expect(await told({}, '{ nothing }')).toMatchObject({
      data: null,
      errors: [{ path: null, message: expect.stringMatching(/^Validation error: /) }],
    });
  });

  test('more levels than the API allows, fragments counted', async () => {
    const limited = { queryDepthLimit: 3 };
    expect(await told(limited, '{ note { note { id } } }')).toEqual({ data: { note: null } });
    const deep = '{ note { ...more } } fragment more on Note { note { note { id } } }';
    expect(await told(limited, deep)).toMatchObject({
      data: null,
      errors: [{ errorType: 'QueryDepthLimitReached' }],
    });
  });

  test('questions about the schema, when the API does not answer them', async () => {
    const question = '{ __schema { queryType { name } } }';
    expect(await told({}, question)).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
    expect(await told({ introspection: false }, question)).toMatchObject({
      data: null,
      errors: [{ message: expect.stringContaining('FieldUndefined') }],
    });
    expect(await told({ introspection: false }, '{ __typename }')).toEqual({
      data: { __typename: 'Query' },
    });
  });

  test('variables that are none of their type', async () => {
    const dated = 'type Query { on(day: AWSDateTime): String }';
    const api = createTestApi({ schema: dated });
    const query = 'query ($day: AWSDateTime) { on(day: $day) }';
    const good = { variables: { day: '2026-01-31T09:30:00+09:00' } };
    expect(await ask(api, query, good)).toEqual({ data: { on: null } });
    for (const day of ['2026-01-31', '2026-02-30T09:30:00Z', '2026-01-31T09:30:00', 7]) {
      const { data, errors } = await ask(api, query, { variables: { day } });
      expect({ day, data, count: errors.length }).toEqual({ day, data: null, count: 1 });
    }
  });
});

describe('limits while it runs', () => {
  test('more resolvers than the API allows', async () => {
    const api = createTestApi({
      schema: 'type Query { text: String }',
      code: { 'Query.text': GIVE(`'a'`) },
      resolverCountLimit: 2,
    });
    const { data, errors } = await ask(api, '{ a: text b: text c: text }');
    expect(data).toEqual({ a: 'a', b: 'a', c: null });
    expect(errors).toMatchObject([{ path: ['c'], errorType: 'ResolverExecutionLimitReached' }]);
  });

  test('more time than there is', async () => {
    const api = createTestApi({
      schema: 'type Query { text: String }',
      code: { 'Query.text': GIVE(`'a'`) },
      sources: { slow: { run: () => sleep(60_000, { result: null }, { ref: false }) } },
      options: { withinMs: 1 },
    });
    expect(await ask(api, '{ text }')).toMatchObject({
      data: null,
      errors: [{ errorType: 'ExecutionTimeout' }],
    });
  });
});

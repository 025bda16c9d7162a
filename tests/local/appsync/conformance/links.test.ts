import { gql } from '@apollo/client';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuthOptions } from 'aws-appsync-auth-link';
import { type AppSyncServer, startAppSyncServer } from '#local/appsync/http/server.ts';
import { type Callers, createCallers } from '#local/cloud/iam/callers.ts';
import { createSignatureVerifier } from '#local/cloud/iam/signature.ts';
import { API_KEY, createTestApi } from '#tests/local/appsync/testApi.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';
import { waitFor } from '#tests/support/waitFor.ts';
import { hear, useApolloClients } from './apolloClient.ts';

const EVERYBODY = '@aws_api_key @aws_oidc @aws_iam';
const schema = `
type Note ${EVERYBODY} { id: ID! title: String }
type Query { note(id: ID!): Note ${EVERYBODY} }
type Mutation { write(id: ID!, title: String): Note ${EVERYBODY} end(id: ID!): String ${EVERYBODY} }
type Subscription { written(id: ID): Note ${EVERYBODY} @aws_subscribe(mutations: ["write"]) }`;
const GIVE = `export function request(ctx) { return { payload: ctx.args }; }
export function response(ctx) { return ctx.result; }`;
const code = {
  'Query.note': `import { util } from '@aws-appsync/utils';
export function request(ctx) { return {}; }
export function response(ctx) { util.error('There is no note ' + ctx.args.id + '.', 'NOT_FOUND', null, { why: 'purged' }); }`,
  'Mutation.write': GIVE,
  'Mutation.end': `import { extensions } from '@aws-appsync/utils';
export function request(ctx) {
  extensions.invalidateSubscriptions({ subscriptionField: 'written', payload: { id: ctx.args.id } });
  return { payload: 'ended' };
}
export function response(ctx) { return ctx.result; }`,
  'Subscription.written': `import { util, extensions } from '@aws-appsync/utils';
export function request(ctx) { return { payload: null }; }
export function response(ctx) {
  if (ctx.args.id === 'foreign') util.error('Expected an id of yours.', 'NOT_FOUND');
  const filters = [{ fieldName: 'id', operator: 'eq', value: ctx.args.id }];
  extensions.setSubscriptionFilter({ filterGroup: [{ filters }] });
  extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters }] });
  return null;
}`,
};

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await createTestIssuer();
});

const servers: AppSyncServer[] = [];
const connect = useApolloClients();
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve() {
  const callers = createCallers();
  const verify = createSignatureVerifier({ callers });
  const api = createTestApi({
    schema,
    code,
    authModes: [
      { type: 'OPENID_CONNECT', issuer: issuer.url },
      { type: 'API_KEY' },
      { type: 'AWS_IAM' },
    ],
    options: {
      loadKeys: async () => ({ keys: [...issuer.signingKey.published] }),
      verifyIam: (request) => verify(request, 'appsync'),
    },
  });
  const server = await startAppSyncServer(api, { port: 0 });
  servers.push(server);
  return { server, callers };
}

type Auth = (callers: Callers) => Promise<AuthOptions>;

const byToken: Auth = async () => {
  const { token } = await issuer.issue({ userId: 'a', sessionId: 'b' });
  return { type: 'OPENID_CONNECT', jwtToken: token };
};
const byKey: Auth = async () => ({ type: 'API_KEY', apiKey: API_KEY });
const bySignature: Auth = async (callers) => {
  const allow = { Effect: 'Allow', Action: 'appsync:GraphQL', Resource: '*' } as const;
  const principal = 'arn:aws:sts::000000000000:assumed-role/role/session';
  return { type: 'AWS_IAM', credentials: callers.add({ principal, statements: [allow] }) };
};

const WRITTEN = 'subscription ($id: ID) { written(id: $id) { title } }';
const WRITE = gql(
  'mutation ($id: ID!, $title: String) { write(id: $id, title: $title) { id title } }',
);

describe.each([
  ['a token', byToken],
  ['an API key', byKey],
  ['a signature', bySignature],
])("AWS's links for Apollo Client, by %s", (_name, auth) => {
  test('subscribe, and hear what a mutation writes', async () => {
    const { server, callers } = await serve();
    const client = connect(server.url, await auth(callers));
    const heard = hear(client, WRITTEN, { id: '1' });
    const write = (variables: object) => client.mutate({ mutation: WRITE, variables });
    await waitFor('the first message', async () => {
      // start_ack is nothing that the link tells.
      await write({ id: '1', title: 'early' });
      return heard.data.length > 0;
    });
    await write({ id: '2', title: 'of somebody else' });
    const { data } = await write({ id: '1', title: 'last' });
    expect(data).toMatchObject({ write: { id: '1', title: 'last' } });
    await waitFor('the last message', () => heard.data.at(-1).written.title === 'last');
    expect(JSON.stringify(heard.data)).not.toContain('somebody else');
    expect(heard.errors).toEqual([]);
    heard.stop();
  });
});

describe("AWS's links for Apollo Client", () => {
  test('get errors of fields', async () => {
    const { server, callers } = await serve();
    const client = connect(server.url, await byKey(callers));
    const query = gql('query ($id: ID!) { note(id: $id) { id } }');
    await expect(client.query({ query, variables: { id: '7' } })).rejects.toMatchObject({
      name: 'CombinedGraphQLErrors',
      errors: [
        { message: 'There is no note 7.', errorType: 'NOT_FOUND', errorInfo: { why: 'purged' } },
      ],
    });
  });

  test('hear why a subscription is refused', async () => {
    const { server, callers } = await serve();
    const client = connect(server.url, await byKey(callers));
    const heard = hear(client, WRITTEN, { id: 'foreign' });
    await waitFor('the refusal', () => heard.errors.length > 0);
    const [{ cause }] = heard.errors as [{ cause: unknown }];
    expect(JSON.stringify(cause)).toContain('Expected an id of yours.');
  });

  test('hear that they are strangers, and do not try again', async () => {
    const { server } = await serve();
    const client = connect(server.url, { type: 'API_KEY', apiKey: 'another' });
    const heard = hear(client, WRITTEN, { id: '1' });
    await waitFor('the refusal', () => heard.errors.length > 0);
    expect(server.connections()).toBe(0);
  });

  test('leave when nobody listens any more', async () => {
    const { server, callers } = await serve();
    const client = connect(server.url, await byKey(callers));
    const heard = hear(client, WRITTEN, { id: '1' });
    await waitFor('the connection', () => server.connections() === 1);
    await waitFor('a message', async () => {
      await client.mutate({ mutation: WRITE, variables: { id: '1' } });
      return heard.data.length > 0;
    });
    heard.stop();
    await waitFor('the end of the connection', () => server.connections() === 0);
  });
});

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { TABLE_NAMES } from '#local/tableNames.ts';
import { createDynamoDb } from '#table/dynamoDb.ts';
import { padKey } from '#table/keys.ts';
import { startTestCloud, type TestCloud } from '#tests/support/cloud.ts';
import { LOCAL_CREDENTIALS } from '#tests/support/localCredentials.ts';
import { readStacks } from '#tests/support/stacks.ts';
import { waitFor } from '#tests/support/waitFor.ts';

// A shared pad's life as a member sees it, over the functions as they are deployed.

const STARTED_WITHIN_MS = 60_000;
let cloud: TestCloud;
const clients: Client[] = [];
beforeAll(async () => {
  cloud = await startTestCloud({ stacks: await readStacks() });
}, STARTED_WITHIN_MS);
afterAll(async () => {
  for (const client of clients) client.terminate();
  await cloud.stop();
});

interface Person {
  readonly id: string;
  readonly token: string;
  ask(query: string, variables?: object): Promise<Record<string, never>>;
}

async function person(email: string): Promise<Person> {
  const ask = (token?: string) => async (query: string, variables: object) => {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${cloud.gatewayUrl}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as {
      data: Record<string, never>;
      errors?: unknown;
    };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const SIGN_UP = `mutation ($email: AWSEmail!) { signUp(input: {
    email: $email, password: "correct horse", displayName: "가" }) { accessToken user { id } } }`;
  const { accessToken: token, user } = Object((await ask()(SIGN_UP, { email })).signUp);
  return { id: user.id, token, ask: (query, variables = {}) => ask(token)(query, variables) };
}

const WATCH = `subscription ($padId: ID!) { memoChanges(padId: $padId) {
  caughtUp changes { kind padId pad { id name } memo { title } } } }`;

/** What a person is told of a pad: `caughtUp`, kinds with names or ids, errors, and the end. */
async function watch({ token }: Person, padId: string): Promise<string[]> {
  const told: string[] = [];
  const client = createClient({
    url: cloud.socketUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  clients.push(client);
  client.subscribe(
    { query: WATCH, variables: { padId } },
    {
      next: ({ data, errors = [] }) => {
        told.push(...errors.map(String));
        const { caughtUp, changes = [] } = Object(Object(data).memoChanges);
        if (caughtUp && changes.length === 0) told.push('caughtUp');
        for (const { kind, padId, pad, memo } of changes)
          told.push([kind, pad?.name ?? memo?.title ?? padId].join(' '));
      },
      error: (error) => told.push(String(error)),
      complete: () => told.push('complete'),
    },
  );
  await waitFor('caughtUp', () => told.includes('caughtUp'));
  return told;
}

async function rowsOf(padId: string): Promise<string[]> {
  const dynamoDb = createDynamoDb({
    endpoint: cloud.engine,
    region: 'local',
    credentials: LOCAL_CREDENTIALS,
  });
  const { Items = [] } = await dynamoDb.send(
    new QueryCommand({
      TableName: TABLE_NAMES.memo,
      KeyConditionExpression: 'PK = :pad',
      ExpressionAttributeValues: { ':pad': { S: padKey(padId) } },
    }),
  );
  dynamoDb.destroy();
  return Items.map(({ SK }) => SK?.S?.split('#')[0] ?? '');
}

const INVITE = 'mutation ($padId: ID!) { createInvite(padId: $padId, role: VIEWER) { secret } }';
const MEMO =
  'mutation ($padId: ID!) { createMemo(input: { padId: $padId, title: "우유" }) { id } }';

test(
  'a member is told of a pad that is joined, renamed and deleted; nothing of it is left',
  async () => {
    const [owner, member] = [await person('a@example.com'), await person('b@example.com')];
    const personal = await watch(member, member.id);
    const { id: padId } = Object(
      (await owner.ask('mutation { createPad(name: "집") { id } }')).createPad,
    );
    const { secret } = Object((await owner.ask(INVITE, { padId })).createInvite);
    await member.ask('mutation ($secret: String!) { acceptInvite(secret: $secret) { id } }', {
      secret,
    });
    await waitFor('the joining', () => personal.includes('PAD_CHANGED 집'));
    const shared = await watch(member, padId);
    await owner.ask('mutation ($padId: ID!) { renamePad(id: $padId, name: "새집") { id } }', {
      padId,
    });
    await owner.ask(MEMO, { padId });
    await waitFor('the new name', () => personal.includes('PAD_CHANGED 새집'));
    await waitFor('the memo', () => shared.includes('CREATED 우유'));
    expect(shared).toContain('PAD_CHANGED 새집');
    await owner.ask('mutation ($padId: ID!) { deletePad(id: $padId) }', { padId });
    await waitFor('the leaving', () => personal.includes(`PAD_LEFT ${padId}`));
    await waitFor('the end of the subscription', () => shared.includes('complete'));
    expect(shared.at(-1)).toBe('complete');
    await waitFor('the pad to be cleaned up', async () => (await rowsOf(padId)).join() === 'PAD');
    await owner.ask('mutation { createMemo(input: { title: "하나" }) { id } }');
    expect(shared.at(-1)).toBe('complete');
  },
  STARTED_WITHIN_MS,
);

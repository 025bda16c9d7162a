import { AppSyncClient, EvaluateCodeCommand } from '@aws-sdk/client-appsync';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { REGION } from '#local/cloud/account.ts';
import { openSocket, start } from '#tests/local/appsync/realtime/socket.ts';
import { startTestCloud, type TestCloud } from '#tests/support/cloud.ts';
import { readStacks } from '#tests/support/stacks.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ stacks: await readStacks() });
});
afterAll(() => cloud?.stop());

interface Asked {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has asked for
  readonly body: any;
}

async function ask(headers: Record<string, string>, query: string, variables = {}): Promise<Asked> {
  const response = await fetch(cloud.appSyncUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: await response.json() };
}

let people = 0;
async function signUp() {
  people += 1;
  const input = {
    email: `person${people}@example.com`,
    password: 'four unrelated plain words',
    displayName: '박미나',
  };
  const { body } = await ask(
    { 'x-api-key': cloud.appSyncApiKey },
    'mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken user { id } } }',
    { input },
  );
  return { token: body.data.signUp.accessToken, id: body.data.signUp.user.id };
}

describe('the AppSync door of the templates', () => {
  test('signs up with the API key, and keeps memos with a token', async () => {
    const { token } = await signUp();
    const created = await ask(
      { authorization: `Bearer ${token}` },
      'mutation { createMemo(input: { title: "Milk" }) { id title version author { displayName } } }',
    );
    expect(created).toMatchObject({
      status: 200,
      body: {
        data: { createMemo: { title: 'Milk', version: 1, author: { displayName: '박미나' } } },
      },
    });
    const listed = await ask({ authorization: token }, '{ memos { nodes { title } } }');
    expect(listed.body).toEqual({ data: { memos: { nodes: [{ title: 'Milk' }] } } });
  });

  test('keeps strangers out', async () => {
    const query = '{ memos { nodes { title } } }';
    expect((await ask({}, query)).status).toBe(401);
    expect((await ask({ authorization: 'Bearer junk' }, query)).status).toBe(401);
    const byKey = await ask({ 'x-api-key': cloud.appSyncApiKey }, query);
    expect(byKey.body.errors).toMatchObject([{ errorType: 'Unauthorized' }]);
  });

  test('tells watchers what is written through either door', async () => {
    const { token, id } = await signUp();
    const headers = { host: '127.0.0.1', Authorization: token };
    const socket = await openSocket(cloud.appSyncRealtimeUrl, { headers });
    socket.send({ type: 'connection_init' });
    await socket.next();
    const query =
      'subscription ($pad: ID!) { memoChanges(padId: $pad) { changes { memo { title } } } }';
    socket.send(start('1', query, headers, { pad: id }));
    expect(await socket.next()).toEqual({ type: 'start_ack', id: '1' });
    await ask({ authorization: token }, 'mutation { createMemo(input: { title: "A" }) { id } }');
    expect(await socket.next()).toMatchObject({
      type: 'data',
      payload: { data: { memoChanges: { changes: [{ memo: { title: 'A' } }] } } },
    });
    const answer = await fetch(`${cloud.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: 'mutation { createMemo(input: { title: "B" }) { id } }' }),
    });
    expect(answer.status).toBe(200);
    expect(await socket.next()).toMatchObject({
      payload: { data: { memoChanges: { changes: [{ memo: { title: 'B' } }] } } },
    });
    socket.close();
  });

  test('evaluates code for developers, and for nobody else', async () => {
    const evaluate = async (secretAccessKey: string) => {
      const client = new AppSyncClient({
        region: REGION,
        endpoint: new URL(cloud.appSyncUrl).origin,
        credentials: { accessKeyId: 'local', secretAccessKey },
        maxAttempts: 1,
      });
      const code =
        'export function request(ctx) { return { payload: ctx.args.a }; } export function response() {}';
      return client.send(
        new EvaluateCodeCommand({
          runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
          code,
          context: JSON.stringify({ arguments: { a: 7 } }),
          function: 'request',
        }),
      );
    };
    expect(JSON.parse((await evaluate('local')).evaluationResult ?? '')).toEqual({ payload: 7 });
    await expect(evaluate('another')).rejects.toThrow('signature');
  });

  test('logs requests, and no token', async () => {
    const { token } = await signUp();
    await ask({ authorization: token }, '{ pads { id } }');
    const lines = cloud.linesOf('MemopadAppSync');
    expect(lines.some((line) => line.includes('"path":"/graphql"'))).toBe(true);
    expect(lines.join('\n')).not.toContain(token);
  });

  test('logs what resolvers refuse, and when', async () => {
    const { token } = await signUp();
    const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    await ask({ authorization: token }, `{ memo(id: "${id}") { id } pad(id: "${id}") { id } }`);
    const logged = cloud.linesOf('MemopadAppSync').filter((line) => line.includes('field failed'));
    expect(JSON.parse(logged.at(-1) ?? '')).toMatchObject({
      time: expect.any(String),
      path: expect.stringMatching(/^(memo|pad)$/),
      errorType: 'NOT_FOUND',
    });
  });
});

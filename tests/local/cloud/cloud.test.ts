import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stack } from '#local/cloud/template/template.ts';
import { startTestCloud, type TestCloud, type TestCloudOptions } from '#tests/support/cloud.ts';
import { type ChangeableResource, changeStacks, readStacks } from '#tests/support/stacks.ts';
import { waitFor } from '#tests/support/waitFor.ts';

// What the CDK app forgets must fail here as it would on AWS. Each test takes one thing away.

const BUILT_WITHIN_MS = 60_000;
let deployed: Stack[];
beforeAll(async () => {
  deployed = await readStacks();
}, BUILT_WITHIN_MS);

const running: TestCloud[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((cloud) => cloud.stop()));
});

async function start(options: Partial<TestCloudOptions> = {}): Promise<TestCloud> {
  const cloud = await startTestCloud({ stacks: deployed, ...options });
  running.push(cloud);
  return cloud;
}

interface Answer {
  readonly data: { readonly [field: string]: unknown } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly requestId?: string };
  }[];
}

async function ask({ gatewayUrl }: TestCloud, query: string, token?: string): Promise<Answer> {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

const SIGN_UP =
  'mutation { signUp(input: { email: "a@example.com", password: "correct horse", displayName: "가" }) { accessToken } }';
const LIST = '{ memos(first: 1) { nodes { id } } }';
const WRITE = 'mutation { createMemo(input: { title: "하나", body: "" }) { id } }';

async function signUp(cloud: TestCloud): Promise<string> {
  const { data } = await ask(cloud, SIGN_UP);
  return Object(data?.signUp).accessToken;
}

/** Expects the one error that says nothing, and the cause in the log under its request id. */
async function expectMasked(cloud: TestCloud, answer: Answer, functionName: string, cause: RegExp) {
  const [error] = answer.errors ?? [];
  expect(error).toMatchObject({ extensions: { code: 'INTERNAL' } });
  expect(JSON.stringify(answer)).not.toMatch(cause);
  const requestId = error?.extensions.requestId ?? 'none';
  const isTold = () =>
    cloud.linesOf(functionName).some((line) => line.includes(requestId) && cause.test(line));
  await waitFor(`the cause in the log of ${functionName}`, isTold);
}

test('the templates run: an account, a memo, and the stacks tell where', async () => {
  const cloud = await start();
  const token = await signUp(cloud);
  await ask(cloud, WRITE, token);
  const { data } = await ask(
    cloud,
    '{ memos(first: 1) { nodes { title author { displayName } } } }',
    token,
  );
  expect(data).toEqual({ memos: { nodes: [{ title: '하나', author: { displayName: '가' } }] } });
  expect(cloud.outputs).toMatchObject({
    'MemopadAuth-dev': { Issuer: cloud.issuer },
    'MemopadFederated-dev': { GraphQLUrl: `${cloud.gatewayUrl}/graphql` },
  });
});

test('code that was edited is run without losing what was written', async () => {
  const cloud = await start();
  const token = await signUp(cloud);
  await ask(cloud, WRITE, token);
  await cloud.replaceCode();
  const { data } = await ask(cloud, '{ memos(first: 1) { nodes { title } } }', token);
  expect(data).toEqual({ memos: { nodes: [{ title: '하나' }] } });
});

/** Takes an action out of the policy of a function's role. */
const withoutAction = (functionId: string, action: string) =>
  changeStacks(deployed, `${functionId}ServiceRoleDefaultPolicy`, ({ Properties }) => {
    const { Statement } = Properties.PolicyDocument;
    for (const statement of Statement) {
      statement.Action = [statement.Action].flat().filter((one: string) => one !== action);
    }
    Properties.PolicyDocument.Statement = Statement.filter(
      ({ Action }: { Action: string[] }) => Action.length > 0,
    );
  });

describe('without a grant', () => {
  test('of an action on a table: what needs it is denied, the rest works', async () => {
    const cloud = await start({ stacks: withoutAction('MemoSubgraph', 'dynamodb:Query') });
    const token = await signUp(cloud);
    expect(await ask(cloud, WRITE, token)).not.toHaveProperty('errors');
    const cause =
      /AccessDeniedException.*User: arn:aws:sts::000000000000:assumed-role\/\S+ is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:ap-northeast-2:000000000000:table\/memopad-memo/;
    await expectMasked(cloud, await ask(cloud, LIST, token), 'memo-subgraph', cause);
  });

  test('of an index alone: its queries are denied', async () => {
    const stacks = changeStacks(deployed, 'MemoSubgraphServiceRoleDefaultPolicy', (policy) => {
      for (const statement of policy.Properties.PolicyDocument.Statement) {
        if (Array.isArray(statement.Resource)) statement.Resource.shift();
      }
    });
    const cloud = await start({ stacks });
    const answer = await ask(cloud, LIST, await signUp(cloud));
    const cause = /dynamodb:Query on resource: \S+table\/memopad-memo\/index\/byChange/;
    await expectMasked(cloud, answer, 'memo-subgraph', cause);
  });

  test('to call a subgraph: the gateway is denied', async () => {
    const cloud = await start({ stacks: withoutAction('Gateway', 'lambda:InvokeFunction') });
    await expectMasked(cloud, await ask(cloud, SIGN_UP), 'gateway', /AccessDeniedException/);
  });

  test('to sign: nobody gets a token', async () => {
    const cloud = await start({ stacks: withoutAction('AuthSubgraph', 'kms:Sign') });
    const cause = /is not authorized to perform: kms:Sign on resource: arn:aws:kms:/;
    await expectMasked(cloud, await ask(cloud, SIGN_UP), 'auth-subgraph', cause);
  });
});

describe('without an environment variable', () => {
  const withoutVariable = (functionId: string, variable: string) =>
    changeStacks(deployed, functionId, ({ Type, Properties }: ChangeableResource) => {
      if (Type === 'AWS::Lambda::Function') delete Properties.Environment.Variables[variable];
    });

  test('a function behind an HTTP API fails to start: 500, and the log names the variable', async () => {
    const cloud = await start({ stacks: withoutVariable('AuthHttp', 'TABLE_NAME') });
    const response = await fetch(`${cloud.issuer}/.well-known/jwks.json`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
    expect(cloud.linesOf('auth-http').join('\n')).toContain('the environment variable TABLE_NAME');
  });

  test('a function behind the gateway fails to start: the request ends as INTERNAL', async () => {
    const cloud = await start({ stacks: withoutVariable('MemoSubgraph', 'ISSUER') });
    const answer = await ask(cloud, LIST, await signUp(cloud));
    expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'INTERNAL' } });
    expect(cloud.linesOf('memo-subgraph').join('\n')).toContain('the environment variable ISSUER');
  });
});

test('without a route there is nothing', async () => {
  const stacks = changeStacks(deployed, 'ApiGEThealth', ({ Type }, { resources, id }) => {
    if (Type === 'AWS::ApiGatewayV2::Route') delete resources[id];
  });
  const { gatewayUrl } = await start({ stacks });
  const response = await fetch(`${gatewayUrl}/health`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ message: 'Not Found' });
});

test("without the function's permission the HTTP API may not call it", async () => {
  const stacks = changeStacks(deployed, 'Api', ({ Type }, { resources, id }) => {
    if (Type === 'AWS::Lambda::Permission') delete resources[id];
  });
  const cloud = await start({ stacks });
  const response = await fetch(`${cloud.gatewayUrl}/graphql?query={__typename}`);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  expect(cloud.linesOf('Federated-dev-Api').join()).toContain("doesn't have permissions");
  expect(cloud.linesOf('gateway')).toEqual([]);
});

describe('a stream mapping', () => {
  /** A function that hears of every write to the memo table, and that can't even start. */
  const withMapping = (mayRead: boolean) =>
    changeStacks(deployed, 'MemoSubgraph', ({ Type, Properties }, { resources }) => {
      const table = Object.keys(resources).find((id) => id.startsWith('Memos'));
      const stream = { 'Fn::GetAtt': [table, 'StreamArn'] };
      if (Type === 'AWS::Lambda::Function') {
        const listener = { ...Properties, FunctionName: 'listener', Handler: 'index.nothing' };
        resources.Listener = { Type, Properties: listener };
        const mapping = {
          EventSourceArn: stream,
          FunctionName: { Ref: 'Listener' },
          StartingPosition: 'LATEST',
          MaximumRetryAttempts: 0,
        };
        resources.Mapping = { Type: 'AWS::Lambda::EventSourceMapping', Properties: mapping };
      }
      if (Type === 'AWS::IAM::Policy' && mayRead) {
        Properties.PolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          Resource: stream,
        });
      }
    });

  test('calls its function with what was written', async () => {
    const cloud = await start({ stacks: withMapping(true) });
    await ask(cloud, WRITE, await signUp(cloud));
    const wasCalled = () => cloud.linesOf('listener').join().includes('index.nothing');
    await waitFor('the function to be called', wasCalled);
  });

  test('whose function may not read the stream stops the start', async () => {
    await expect(start({ stacks: withMapping(false) })).rejects.toThrow(/GetRecords/);
  });
});

describe('what a laptop can’t do stops the start', () => {
  test.each([
    [
      'an unknown property',
      () =>
        changeStacks(deployed, 'MemoSubgraph', ({ Type, Properties }) => {
          if (Type === 'AWS::Lambda::Function') Properties.FileSystemConfigs = [];
        }),
      /^MemopadMemo-dev\/MemoSubgraph\w+: property FileSystemConfigs of AWS::Lambda::Function is not supported on a laptop\.$/,
    ],
    [
      'an unknown type',
      () =>
        changeStacks(deployed, 'Gateway', (resource) => {
          resource.Type = 'AWS::Lambda::Alias';
        }),
      /^MemopadFederated-dev\/Gateway\w+: AWS::Lambda::Alias is not supported on a laptop\.$/,
    ],
    [
      'a managed policy we don’t know',
      () =>
        changeStacks(deployed, 'AuthHttpServiceRole', ({ Type, Properties }) => {
          if (Type === 'AWS::IAM::Role')
            Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/x'];
        }),
      /^MemopadAuth-dev\/AuthHttpServiceRole\w+: the managed policy arn:aws:iam::aws:policy\/x isn't known/,
    ],
    [
      'a policy with a condition',
      () =>
        changeStacks(deployed, 'MemoSubgraphServiceRoleDefaultPolicy', ({ Properties }) => {
          Properties.PolicyDocument.Statement[0].Condition = { Bool: { x: 'true' } };
        }),
      /got one with the element Condition/,
    ],
  ])('%s', async (_what, change, message) => {
    await expect(start({ stacks: change() })).rejects.toThrow(message);
  });
});

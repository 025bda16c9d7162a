import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { compileFilters } from '#local/cloud/events/filter.ts';
import { createFaults } from '#local/cloud/faults.ts';
import type { Stack } from '#local/cloud/template/template.ts';
import { AWS_TIMING } from '#local/cloud/timing.ts';
import { inviteKey, memberKey, memoKey } from '#table/keys.ts';
import { startTestCloud, type TestCloud, type TestCloudOptions } from '#tests/support/cloud.ts';
import { changeStacks, readStacks } from '#tests/support/stacks.ts';
import { waitFor } from '#tests/support/waitFor.ts';

// What the CDK app forgets of the live stack must fail here as it would on AWS.

const BUILT_WITHIN_MS = 60_000;
let deployed: Stack[];
beforeAll(async () => {
  deployed = await readStacks();
}, BUILT_WITHIN_MS);

const running: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

interface Watching {
  readonly cloud: TestCloud;
  readonly token: string;
  /** The kinds of the changes that came, and `caughtUp`. */
  readonly seen: string[];
  readonly problems: unknown[];
  readonly client: Client;
}

/** A cloud in which somebody watches their own pad. */
async function watch(options: Partial<TestCloudOptions> = {}): Promise<Watching> {
  const cloud = await startTestCloud({ stacks: deployed, ...options });
  running.push(cloud);
  const { data } = await ask(cloud, SIGN_UP);
  const { accessToken: token, user } = Object(Object(data).signUp);
  const seen: string[] = [];
  const problems: unknown[] = [];
  const client = createClient({
    url: cloud.socketUrl,
    webSocketImpl: QuietSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  // Not `dispose`: it waits for connections that are never acknowledged.
  running.push({ stop: () => client.terminate() });
  client.subscribe(
    { query: WATCH, variables: { padId: user.id } },
    {
      next: (result) => {
        const { caughtUp, changes } = Object(Object(result.data).memoChanges);
        for (const { kind } of changes ?? []) seen.push(kind);
        if (caughtUp) seen.push('caughtUp');
        problems.push(...(result.errors ?? []));
      },
      error: (error) => problems.push(error),
      complete: () => {},
    },
  );
  return { cloud, token, seen, problems, client };
}

/** The client stops listening when it gives up, and some tests end before they are connected. */
class QuietSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols);
    this.on('error', () => {});
  }
}

async function ask(
  { gatewayUrl }: TestCloud,
  query: string,
  token?: string,
): Promise<{ data: unknown; errors?: unknown }> {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data: unknown };
}

const SIGN_UP =
  'mutation { signUp(input: { email: "a@example.com", password: "correct horse", displayName: "가" }) { accessToken user { id } } }';
const WRITE = 'mutation { createMemo(input: { title: "하나", body: "" }) { id } }';
const WATCH =
  'subscription ($padId: ID!) { memoChanges(padId: $padId) { from to caughtUp changes { seq kind memo { title } } } }';

const isCaughtUp = ({ seen }: Watching) => waitFor('caughtUp', () => seen.includes('caughtUp'));

/** Writes a memo; its change must come. */
async function expectChange({ cloud, token, seen }: Watching): Promise<void> {
  expect(await ask(cloud, WRITE, token)).not.toHaveProperty('errors');
  await waitFor('the change', () => seen.includes('CREATED'));
}

/** Writes a memo; its change never comes, and the log of a function says why. */
async function expectSilence(watching: Watching, functionName: string, cause: RegExp) {
  const { cloud, token, seen } = watching;
  await ask(cloud, WRITE, token);
  const isTold = () => cloud.linesOf(functionName).some((line) => cause.test(line));
  await waitFor(`the cause in the log of ${functionName}`, isTold);
  expect(seen).not.toContain('CREATED');
}

test('a change comes through the stream, the log, the gateway and the socket', async () => {
  const watching = await watch();
  await isCaughtUp(watching);
  await expectChange(watching);
  expect(watching.problems).toEqual([]);
  expect(watching.cloud.outputs).toMatchObject({
    'MemopadLive-dev': { SocketUrl: watching.cloud.socketUrl },
  });
});

test('so it does under faults, in the end, and as slowly as on AWS', async () => {
  const faults = createFaults({
    seed: 5,
    mix: { postLost: 0, postThrottled: 0 },
    crashes: (name) => /live-(stream|drain)/.test(name),
    conflicts: (table) => table === 'memopad-live',
  });
  const watching = await watch({ faults, timing: AWS_TIMING });
  await isCaughtUp(watching);
  await expectChange(watching);
});

/** Takes an action out of the policy of a function's role. */
const withoutAction = (functionId: string, action: string, of = '') =>
  changeStacks(deployed, `${functionId}ServiceRoleDefaultPolicy`, ({ Properties }) => {
    const { Statement } = Properties.PolicyDocument;
    for (const statement of Statement) {
      if (!JSON.stringify(statement.Resource).includes(of)) continue;
      statement.Action = [statement.Action].flat().filter((one: string) => one !== action);
    }
    Properties.PolicyDocument.Statement = Statement.filter(
      ({ Action }: { Action: string[] }) => Action.length > 0,
    );
  });

describe('without a grant', () => {
  test.each([
    ['to post', 'execute-api:ManageConnections', /POST/, /403|ManageConnections/],
    ['to run selections', 'lambda:InvokeFunction', /./, /403|InvokeFunction/],
    ['to append to the log', 'dynamodb:PutItem', /./, /dynamodb:PutItem/],
  ])('%s no change comes', async (_what, action, _resource, cause) => {
    const stacks = withoutAction('LiveStream', action);
    const watching = await watch({
      stacks: changeStacks(stacks, 'LiveDrainServiceRoleDefaultPolicy', ({ Properties }) => {
        // Else the drain that comes after would do it.
        for (const statement of Properties.PolicyDocument.Statement) {
          if ([statement.Action].flat().includes(action)) statement.Action = 'logs:None';
        }
      }),
    });
    await isCaughtUp(watching);
    await expectSilence(watching, 'live-stream', cause);
  });

  test('to post, the socket’s function can’t even say that all is well', async () => {
    const stacks = withoutAction('LiveSocket', 'execute-api:ManageConnections');
    const { cloud, seen } = await watch({ stacks });
    await waitFor('the cause', () => cloud.linesOf('live-socket').some((line) => /403/.test(line)));
    expect(seen).toEqual([]);
  });

  test.each([
    ['its stream', 'LiveStream', 'dynamodb:GetRecords', /MemoChanges\w+: Cannot access stream/],
    [
      'its queue',
      'LiveDrain',
      'sqs:ReceiveMessage',
      /Drains\w+: The provided execution role does not have permissions to call ReceiveMessage on SQS/,
    ],
  ])('to read %s nothing starts', async (_what, functionId, action, message) => {
    await expect(watch({ stacks: withoutAction(functionId, action) })).rejects.toThrow(message);
  });
});

test.each([
  ['LiveStream', 'SOCKET_ENDPOINT', 'live-stream'],
  ['LiveSocket', 'JWKS_URL', 'live-socket'],
])('without a variable %s doesn’t start: %s', async (functionId, variable, functionName) => {
  const stacks = changeStacks(deployed, functionId, ({ Type, Properties }) => {
    if (Type === 'AWS::Lambda::Function') delete Properties.Environment.Variables[variable];
  });
  const watching = await watch({ stacks });
  if (functionId === 'LiveStream') await isCaughtUp(watching);
  const cause = new RegExp(`the environment variable ${variable}`);
  await expectSilence(watching, functionName, cause);
});

const without = (idStart: string, type: string) =>
  changeStacks(deployed, idStart, ({ Type }, { resources, id }) => {
    if (Type === type) delete resources[id];
  });

describe('without', () => {
  test('the route `subscribe` $default answers, with what no client can read', async () => {
    const stacks = changeStacks(deployed, 'SocketApisubscribeRoute', (_, { resources, id }) => {
      delete resources[id];
    });
    const { problems } = await watch({ stacks });
    await waitFor('an error', () => problems.length > 0);
  });

  test('the response of `connection_init` nobody is let in', async () => {
    const stacks = without('SocketApiconnectioninitRoute', 'AWS::ApiGatewayV2::RouteResponse');
    const { cloud, seen } = await watch({ stacks });
    await waitFor('the message', () =>
      cloud.linesOf('SocketApi').some((line) => /connection_init/.test(line)),
    );
    expect(seen).toEqual([]);
  });

  test('the permission of $connect nobody connects', async () => {
    const stacks = without('SocketApiconnectRoute', 'AWS::Lambda::Permission');
    const { problems } = await watch({ stacks });
    await waitFor('an error', () => problems.length > 0);
  });

  test('the mapping of the stream nothing is ever told', async () => {
    const watching = await watch({
      stacks: without('MemoChanges', 'AWS::Lambda::EventSourceMapping'),
    });
    await isCaughtUp(watching);
    await ask(watching.cloud, WRITE, watching.token);
    expect(watching.cloud.linesOf('live-stream')).toEqual([]);
  });
});

test('the stream’s function is called for memos, members and pads alone', () => {
  const [mapping] = deployed.flatMap(({ template }) =>
    Object.values(template.Resources).filter(({ Properties }) => Properties?.FilterCriteria),
  );
  const isWanted = compileFilters(mapping?.Properties?.FilterCriteria);
  const record = (SK: string) => ({ dynamodb: { Keys: { PK: { S: 'PAD#1' }, SK: { S: SK } } } });
  const sortKeys = ['PAD', memoKey('1'), memberKey('1'), inviteKey('1'), 'PADS', 'X'];
  expect(sortKeys.filter((key) => isWanted(record(key)))).toEqual(sortKeys.slice(0, 3));
});

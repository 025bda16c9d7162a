import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readResolvers } from '#scripts/resolvers/readResolvers.js';
import { resourcesOf, type SynthesizedStack, synthesize, useOutputFolders } from './stacks.ts';

/** The wildcards that AWS demands, each with its reason. */
const ACCEPTED = new Map([
  [
    'xray:PutTraceSegments on *',
    'it takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html',
  ],
  ['xray:PutTelemetryRecords on *', 'as above'],
  ['execute-api:ManageConnections on …/live/POST/@connections/*', 'connections come and go'],
  ['execute-api:ManageConnections on …/live/DELETE/@connections/*', 'as above'],
]);

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const outputFolder = useOutputFolders();
let stacks: SynthesizedStack[];
beforeAll(async () => {
  stacks = await synthesize('prod', outputFolder());
});

describe('what roles may do', () => {
  test('is said by our own policies, never by AWS’s managed ones, but for the one API Gateway insists on', () => {
    const [logging, ...others] = [...resourcesOf(stacks, 'AWS::IAM::Role')].sort(({ id }) =>
      id.startsWith('SocketApiLogWriter') ? -1 : 0,
    );
    expect(JSON.stringify(logging?.Properties.ManagedPolicyArns)).toContain(
      'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    );
    for (const { id, Properties } of others) {
      const service = APPSYNCS.test(id) ? 'appsync.amazonaws.com' : 'lambda.amazonaws.com';
      expect(Properties).toEqual({ AssumeRolePolicyDocument: trusting(service) });
    }
  });

  test('has no wildcard but those that AWS demands, and needs all of these', () => {
    const wildcards = everyGrant(statementsOf(''))
      .filter((grant) => grant.includes('*'))
      .map((grant) => grant.replace(/ on \{.*(\/live\/.*\*)".*$/, ' on …$1'));
    expect(new Set(wildcards)).toEqual(new Set(ACCEPTED.keys()));
  });

  test.each([
    ['AuthSubgraph', 'table/auth'],
    ['AuthHttp', 'table/auth'],
    ['MemoSubgraph', 'table/memo'],
  ])('%s: with its table exactly what the code in %s asks for', (name, folder) => {
    const granted = statementsOf(name).flatMap(actionsOf).filter(isOfDynamoDb);
    expect(new Set(granted)).toEqual(actionsIn(folder, SHARED_FOLDER));
  });

  test.each(['LiveStream', 'LiveDrain', 'LiveSocket'])(
    '%s: with the live table exactly what the code in table/live asks for',
    (name) => {
      const granted = statementsOf(name).flatMap(actionsOf).filter(isOfDynamoDb);
      const ofItems = granted.filter((action) => !/Stream|Shard|GetRecords/.test(action));
      expect(new Set(ofItems)).toEqual(actionsIn('table/live', SHARED_FOLDER));
    },
  );

  test.each([
    ['LiveStream', ['dynamodb:Query']],
    ['LiveDrain', ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:Query']],
    ['LiveSocket', ['dynamodb:GetItem']],
  ])(
    '%s: with the memo table nothing but to see who is a member, and to remove what deleted pads have left: %j',
    (name, actions) => {
      const ofMemos = statementsOf(name).filter(
        ({ Resource }) =>
          /Memos\w+Arn\w+"\}$/.test(JSON.stringify(Resource)) &&
          !/Stream/.test(JSON.stringify(Resource)),
      );
      expect(ofMemos.flatMap(actionsOf)).toEqual(actions);
    },
  );

  test('the gateway: to call its two subgraphs, and nothing of theirs', () => {
    const granted = statementsOf('Gateway').flatMap(actionsOf);
    expect(granted.filter((action) => !/^(logs|xray):/.test(action))).toEqual([
      'lambda:InvokeFunction',
    ]);
  });

  test.each([
    ['MemoTable', 'memoTable'],
    ['LiveTable', 'liveTable'],
  ])('%s: with its table exactly what the resolvers of %s ask for', async (id, dataSource) => {
    const granted = statementsOf(`${id}Role`).flatMap(actionsOf);
    expect(new Set(granted)).toEqual(await actionsOfResolvers(dataSource));
  });

  test('AppSync: to call the auth service, and nothing else but its tables and its log', () => {
    for (const id of ['AuthRole', 'UsersRole']) {
      const grants = everyGrant(statementsOf(id));
      expect(grants).toEqual([expect.stringMatching(/^lambda:InvokeFunction on .*AuthSubgraph/)]);
    }
    const logging = statementsOf('LogWriter').flatMap(actionsOf);
    expect(logging).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  test('AppSync’s mutations for the live service: only that service may call them', () => {
    const callers = resourcesOf(stacks, 'AWS::IAM::Policy').filter(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(actionsOf).includes('appsync:GraphQL'),
    );
    const names = callers.map(({ id }) => id.replace(/ServiceRole.*/, ''));
    expect(names.sort()).toEqual(['LiveDrain', 'LiveStream']);
    for (const name of names) {
      const called = everyGrant(statementsOf(name)).filter((grant) => /^appsync:/.test(grant));
      expect(called).toEqual([
        expect.stringContaining('/types/Mutation/fields/endMemoChanges'),
        expect.stringContaining('/types/Mutation/fields/publishMemoChanges'),
      ]);
    }
  });

  test('only the auth functions may sign', () => {
    const signers = resourcesOf(stacks, 'AWS::IAM::Policy').filter(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(actionsOf).includes('kms:Sign'),
    );
    expect(signers.map(({ id }) => id.replace(/ServiceRole.*/, ''))).toEqual([
      'AuthSubgraph',
      'AuthHttp',
      'AuthWatch',
    ]);
  });
});

test('a function may be called by the very routes that lead to it', () => {
  const permissions = resourcesOf(stacks, 'AWS::Lambda::Permission');
  expect(permissions).toHaveLength(resourcesOf(stacks, 'AWS::ApiGatewayV2::Route').length);
  for (const { Properties } of permissions) {
    expect(Properties.Principal).toBe('apigateway.amazonaws.com');
    // `<api>/*/*<path>` or `<api>/*<route>`: of every stage (there is one) and every method that has a route.
    expect(JSON.stringify(Properties.SourceArn)).toMatch(/"\/\*(\/\*\/[\w./-]+|\$?[a-z_]+)"/);
  }
});

const trusting = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
});

/** The ids of AppSync's roles: one a data source that is more than code, and one to write logs. */
const APPSYNCS = /^((MemoTable|LiveTable|Auth|Users)Role|LogWriter)/;

/** Of the roles of functions whose ids begin with the text. */
function statementsOf(idStart: string): Statement[] {
  return resourcesOf(stacks, 'AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith(idStart))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

const actionsOf = ({ Action }: Statement): string[] => [Action].flat() as string[];

/** Every `action on resource`; a resource that CloudFormation makes is written as it stands in the template. */
function everyGrant(statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) =>
    actionsOf(statement).flatMap((action) =>
      [statement.Resource].flat().map((resource) => {
        const text = typeof resource === 'string' ? resource : JSON.stringify(resource);
        return `${action} on ${text}`;
      }),
    ),
  );
}

const isOfDynamoDb = (action: string): boolean => action.startsWith('dynamodb:');

/** What both services' tables are read with. */
const SHARED_FOLDER = 'table';

/** What the stores of a service send, in the words of IAM. */
function actionsIn(...folders: readonly string[]): Set<string> {
  const text = folders.map(readSources).join('\n');
  const commands = [...text.matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => name);
  // A transaction needs the right to each of its parts.
  const parts = [...text.matchAll(/^\s*(Put|Update|Delete|ConditionCheck): \{/gm)];
  const actions = [
    ...commands.filter((name) => name !== 'TransactWriteItems'),
    ...parts.map(([, part]) => `${part}Item`),
  ];
  return new Set(actions.map((name) => `dynamodb:${name}`));
}

/** What the code of a data source's resolvers and functions sends, in the words of IAM. */
async function actionsOfResolvers(dataSource: string): Promise<Set<string>> {
  const { resolvers, functions } = await readResolvers();
  const all = [...resolvers.filter((one) => one.kind === 'UNIT'), ...Object.values(functions)];
  const text = all.flatMap((one) => (one.dataSource === dataSource ? one.code : [])).join('\n');
  const operations = [...text.matchAll(/\boperation: "(\w+)"/g)].map(([, name = '']) => name);
  const actions = operations
    // Its parts are there, too.
    .filter((name) => name !== 'TransactWriteItems')
    .map((name) => `dynamodb:${name.replace(/^ConditionCheck$/, 'ConditionCheckItem')}`);
  return new Set(actions);
}

function readSources(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

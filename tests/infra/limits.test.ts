import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Anything,
  NOW,
  resourcesOf,
  type SynthesizedStack,
  synthesize,
  type TemplateResource,
  useOutputFolders,
} from './stacks.ts';

// What AWS refuses at a deployment though its validator doesn't know of it, and what it would let
// through to fail later. Read in November 2026.

const outputFolder = useOutputFolders();
let stacks: SynthesizedStack[];
beforeAll(async () => {
  stacks = await synthesize('prod', outputFolder());
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
describe('a stack', () => {
  test('has a name, a size and a number of parts that CloudFormation takes', () => {
    for (const { name, text, template } of stacks) {
      expect(name).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
      expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
      expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(500);
      expect(Object.keys(template.Outputs ?? {}).length).toBeLessThanOrEqual(200);
      expect(template.Description.length).toBeLessThanOrEqual(1_024);
      for (const id of Object.keys(template.Resources)) expect(id).toMatch(/^[A-Za-z0-9]{1,255}$/);
    }
  });
});

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
describe('a function', () => {
  test('has a name, memory, time and variables that Lambda takes', () => {
    for (const { Properties } of resourcesOf(stacks, 'AWS::Lambda::Function')) {
      expect(Properties.FunctionName).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
      // New accounts have less than the 10,240 MB that others have.
      expect(Properties.MemorySize).toBeGreaterThanOrEqual(128);
      expect(Properties.MemorySize).toBeLessThanOrEqual(3_008);
      const variables = Properties.Environment.Variables;
      // References grow when they are resolved, to ARNs and URLs of less than 200 characters.
      const bytes = Buffer.byteLength(JSON.stringify(variables)) + 200 * countOf(variables);
      expect(bytes).toBeLessThan(4 * 1024);
      for (const name of Object.keys(variables)) {
        expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/);
        expect(name).not.toMatch(/^(AWS|LAMBDA)_/);
      }
    }
  });

  test('behind an API is done before the API gives up: 30 s, of WebSocket APIs 29', () => {
    const followers = /-live-(stream|drain)$/;
    for (const { Properties } of resourcesOf(stacks, 'AWS::Lambda::Function')) {
      if (!followers.test(Properties.FunctionName)) expect(Properties.Timeout).toBeLessThan(29);
    }
  });

  test('behind a queue is done before its messages are given to another', () => {
    const [queue] = resourcesOf(stacks, 'AWS::SQS::Queue');
    const [drain] = resourcesOf(stacks, 'AWS::Lambda::Function').filter(({ id }) =>
      id.startsWith('LiveDrain'),
    );
    expect(queue?.Properties.VisibilityTimeout).toBeGreaterThan(drain?.Properties.Timeout);
  });

  test('that calls others waits longer than they may take', () => {
    const seconds = new Map(
      resourcesOf(stacks, 'AWS::Lambda::Function').map(({ Properties }) => [
        Properties.FunctionName,
        Properties.Timeout,
      ]),
    );
    const [gateway, auth, memo] = ['gateway', 'auth-subgraph', 'memo-subgraph'].map((name) =>
      seconds.get(`memopad-prod-${name}`),
    );
    expect(gateway).toBeGreaterThanOrEqual(auth + memo);
  });
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html */
test('a table has as many indexes and projected attributes as DynamoDB takes', () => {
  for (const { Properties } of resourcesOf(stacks, 'AWS::DynamoDB::GlobalTable')) {
    const { LocalSecondaryIndexes: local = [], GlobalSecondaryIndexes: global = [] } = Properties;
    expect(local.length).toBeLessThanOrEqual(5);
    expect(global.length).toBeLessThanOrEqual(20);
    const projected = [...local, ...global].flatMap(
      ({ Projection }) => Projection.NonKeyAttributes,
    );
    expect(projected.length).toBeLessThanOrEqual(100);
    for (const { IndexName } of [...local, ...global]) {
      expect(IndexName).toMatch(/^[a-zA-Z0-9_.-]{3,255}$/);
    }
  }
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
test('the policies of a role are as long as IAM takes', () => {
  for (const { Properties } of resourcesOf(stacks, 'AWS::IAM::Policy')) {
    const text = JSON.stringify(Properties.PolicyDocument);
    // Spaces don't count; a reference grows to an ARN of less than 150 characters.
    expect(text.length + 150 * countOf(Properties.PolicyDocument)).toBeLessThan(10_240);
  }
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
test('a log has a name that CloudWatch takes, one of its own, and an end', () => {
  const logs = resourcesOf(stacks, 'AWS::Logs::LogGroup').map(({ Properties }) => Properties);
  for (const { LogGroupName, RetentionInDays } of logs) {
    expect(nameIn(LogGroupName)).toMatch(/^[.\-_/#A-Za-z0-9]{1,512}$/);
    expect(RetentionInDays).toBe(90);
  }
  expect(new Set(logs.map(({ LogGroupName }) => LogGroupName)).size).toBe(logs.length);
});

/** A name that ends with what CloudFormation makes, as an API's id. */
const nameIn = (name: Anything): string =>
  typeof name === 'string' ? name : name['Fn::Join'][1].slice(0, -1).join('');

/** https://docs.aws.amazon.com/general/latest/gr/appsync.html and the developer guide's pages of each part */
describe('an AppSync API', () => {
  test('has limits, a schema and variables that AppSync takes', () => {
    const [api, another] = resourcesOf(stacks, 'AWS::AppSync::GraphQLApi');
    expect(another).toBeUndefined();
    const { QueryDepthLimit, ResolverCountLimit, EnvironmentVariables } = api?.Properties ?? {};
    expect(QueryDepthLimit).toBeLessThanOrEqual(75);
    expect(ResolverCountLimit).toBeLessThanOrEqual(10_000);
    for (const name of Object.keys(EnvironmentVariables)) {
      expect(name).toMatch(/^[A-Za-z]\w{1,63}$/);
    }
    expect(Object.keys(EnvironmentVariables).length).toBeLessThanOrEqual(50);
    const [schema] = resourcesOf(stacks, 'AWS::AppSync::GraphQLSchema');
    expect(Buffer.byteLength(schema?.Properties.Definition)).toBeLessThan(1_000_000);
  });

  test('has a key that lives for a year at the longest', () => {
    const [key] = resourcesOf(stacks, 'AWS::AppSync::ApiKey');
    const days = (key?.Properties.Expires - NOW.getTime() / 1000) / 86_400;
    expect(days).toBeGreaterThan(300);
    expect(days).toBeLessThan(365);
    expect(key?.Properties.Expires % 3_600).toBe(0);
  });

  test('tells when its key ends, which a deployment in another month moves on', async () => {
    const later = new Date(Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() + 1, 1));
    const ends = [stacks, await synthesize('prod', outputFolder(), { now: later })].map((made) => {
      const [key] = resourcesOf(made, 'AWS::AppSync::ApiKey');
      const outputs = made.flatMap(({ template }) => Object.entries(template.Outputs ?? {}));
      const [, told] = outputs.find(([name]) => name === 'AppSyncApiKeyEnds') ?? [];
      expect(told?.Value).toBe(new Date(key?.Properties.Expires * 1000).toISOString());
      return told?.Value;
    });
    expect(ends).toEqual(['2027-10-01T00:00:00.000Z', '2027-11-01T00:00:00.000Z']);
  });

  // "Schema is currently being altered, please wait until that is complete": CloudFormation doesn't.
  // https://docs.aws.amazon.com/appsync/latest/APIReference/API_StartSchemaCreation.html
  test('has its schema before whatever AppSync does not make while a schema is changed', () => {
    const [schema] = resourcesOf(stacks, 'AWS::AppSync::GraphQLSchema');
    for (const type of ['ApiKey', 'FunctionConfiguration', 'Resolver']) {
      const made = resourcesOf(stacks, `AWS::AppSync::${type}`);
      expect(made.length).toBeGreaterThan(0);
      for (const { DependsOn } of made) expect(DependsOn).toEqual([schema?.id]);
    }
  });

  test('has functions with names of their own, and 10 of them in a pipeline at most', () => {
    const functions = resourcesOf(stacks, 'AWS::AppSync::FunctionConfiguration');
    const names = functions.map(({ Properties }) => Properties.Name);
    for (const name of names) expect(name).toMatch(/^[_A-Za-z]\w{0,64}$/);
    expect(new Set(names).size).toBe(names.length);
    for (const { Properties } of resourcesOf(stacks, 'AWS::AppSync::Resolver')) {
      expect(Properties.PipelineConfig?.Functions.length ?? 1).toBeLessThanOrEqual(10);
    }
  });

  test('knows how many calls go to a data source at once: 2,000 at most', () => {
    for (const type of ['Resolver', 'FunctionConfiguration']) {
      for (const { Properties } of resourcesOf(stacks, `AWS::AppSync::${type}`)) {
        expect(Properties.MaxBatchSize ?? 0).toBeLessThanOrEqual(2_000);
      }
    }
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
test('an API has routes and throttling that API Gateway takes', () => {
  expect(routesOf(stacks).length).toBeLessThanOrEqual(300);
  for (const { Properties } of routesOf(stacks)) {
    expect(Properties.RouteKey).toMatch(/^((GET|POST) \/[\w./-]+|\$?[a-z_]+)$/);
  }
  for (const { Properties } of resourcesOf(stacks, 'AWS::ApiGatewayV2::Stage')) {
    const { ThrottlingRateLimit, ThrottlingBurstLimit } = Properties.DefaultRouteSettings;
    // An account has 10,000 requests a second and 5,000 at once for all of its APIs.
    expect(ThrottlingRateLimit).toBeLessThanOrEqual(10_000);
    expect(ThrottlingBurstLimit).toBeLessThanOrEqual(5_000);
  }
});

const routesOf = (all: readonly SynthesizedStack[]): readonly TemplateResource[] =>
  resourcesOf(all, 'AWS::ApiGatewayV2::Route');

/** How many references a value holds. */
function countOf(value: unknown): number {
  return JSON.stringify(value).split(/"(?:Ref|Fn::\w+)":/).length - 1;
}

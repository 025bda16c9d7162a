import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type PlannedAppSyncApi, planAppSyncApis } from '#local/cloud/plan/appSyncApis.ts';
import { resolveStacks } from '#local/cloud/template/resolve.ts';
import type { TemplateResource } from '#local/cloud/template/template.ts';
import { makeStack, resource } from '#tests/local/cloud/template/stacks.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
const get = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
const apiId = get('Api', 'ApiId');
const RUNTIME = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };
const code = (key: string) => ({
  CodeS3Location: { 'Fn::Sub': `s3://assets-\${AWS::AccountId}/${key}` },
  Runtime: RUNTIME,
});

const RESOURCES = {
  Api: resource('AWS::AppSync::GraphQLApi', {
    Name: 'memopad-test',
    AuthenticationType: 'OPENID_CONNECT',
    OpenIDConnectConfig: { Issuer: 'https://auth.example', ClientId: 'memopad' },
    AdditionalAuthenticationProviders: [
      { AuthenticationType: 'API_KEY' },
      { AuthenticationType: 'AWS_IAM' },
    ],
    EnvironmentVariables: { MEMO_TABLE: 'memos', SIZE: 3 },
    IntrospectionConfig: 'DISABLED',
    QueryDepthLimit: 10,
  }),
  Schema: resource('AWS::AppSync::GraphQLSchema', {
    ApiId: apiId,
    Definition: 'type Query { a: Int b: Int }',
  }),
  Key: resource('AWS::AppSync::ApiKey', { ApiId: apiId, Expires: 1 }),
  Role: resource('AWS::IAM::Role', { RoleName: 'reader' }),
  Memos: resource('AWS::AppSync::DataSource', {
    ApiId: apiId,
    Name: 'memoTable',
    Type: 'AMAZON_DYNAMODB',
    ServiceRoleArn: get('Role', 'Arn'),
    DynamoDBConfig: { TableName: 'memos', AwsRegion: { Ref: 'AWS::Region' } },
  }),
  Auth: resource('AWS::AppSync::DataSource', {
    ApiId: apiId,
    Name: 'auth',
    Type: 'AWS_LAMBDA',
    ServiceRoleArn: get('Role', 'Arn'),
    LambdaConfig: { LambdaFunctionArn: 'arn:of:auth' },
  }),
  None: resource('AWS::AppSync::DataSource', { ApiId: apiId, Name: 'none', Type: 'NONE' }),
  Check: resource('AWS::AppSync::FunctionConfiguration', {
    ApiId: apiId,
    Name: 'check',
    DataSourceName: get('Memos', 'Name'),
    ...code('check.js'),
  }),
  A: resource('AWS::AppSync::Resolver', {
    ApiId: apiId,
    TypeName: 'Query',
    FieldName: 'a',
    Kind: 'UNIT',
    DataSourceName: get('Auth', 'Name'),
    MaxBatchSize: 5,
    ...code('a.js'),
  }),
  B: resource('AWS::AppSync::Resolver', {
    ApiId: apiId,
    TypeName: 'Query',
    FieldName: 'b',
    Kind: 'PIPELINE',
    PipelineConfig: { Functions: [get('Check', 'FunctionId')] },
    ...code('b.js'),
  }),
};

/** Plans a stack whose code stands in files of these names. */
function plan(
  resources: Readonly<Record<string, TemplateResource>> = RESOURCES,
): PlannedAppSyncApi[] {
  const folder = makeFolder();
  mkdirSync(folder, { recursive: true });
  for (const key of ['a.js', 'b.js', 'check.js']) writeFileSync(`${folder}/${key}`, `// ${key}`);
  const stack = { ...makeStack({ resources }), assetFolder: (key: string) => `${folder}/${key}` };
  const resolved = resolveStacks([stack], { urlOf: () => 'http://127.0.0.1:5' });
  return planAppSyncApis(
    resolved.flatMap((one) => one.resources),
    [stack],
  );
}

const without = (id: keyof typeof RESOURCES) =>
  Object.fromEntries(Object.entries(RESOURCES).filter(([one]) => one !== id));

const changed = (id: keyof typeof RESOURCES, properties: TemplateResource['Properties']) => {
  const { Type, Properties } = RESOURCES[id];
  return { ...RESOURCES, [id]: resource(Type, { ...Properties, ...properties }) };
};

describe('an AppSync API', () => {
  test('is what its resources say, with the code that they name', () => {
    const [planned, ...others] = plan();
    expect(others).toEqual([]);
    expect(planned?.name).toEqual({ stack: 'One', id: 'Api' });
    const { functions, ...rest } = planned?.definition ?? { functions: {} };
    const [functionId = ''] = Object.keys(functions);
    const roleArn = 'arn:aws:iam::000000000000:role/reader';
    expect(rest).toEqual({
      apiId: expect.stringMatching(/^[a-z0-9]{26}$/),
      arn: expect.stringMatching(/^arn:aws:appsync:[\w-]+:000000000000:apis\/[a-z0-9]{26}$/),
      name: 'memopad-test',
      schema: 'type Query { a: Int b: Int }',
      authModes: [
        { type: 'OPENID_CONNECT', issuer: 'https://auth.example', clientId: 'memopad' },
        { type: 'API_KEY' },
        { type: 'AWS_IAM' },
      ],
      apiKeys: [
        { key: expect.stringMatching(/^da2-[a-z0-9]{26}$/), expiresAt: expect.any(Number) },
      ],
      dataSources: {
        memoTable: { type: 'AMAZON_DYNAMODB', tableName: 'memos', roleArn },
        auth: { type: 'AWS_LAMBDA', functionArn: 'arn:of:auth', roleArn },
        none: { type: 'NONE' },
      },
      resolvers: [
        {
          typeName: 'Query',
          fieldName: 'a',
          kind: 'UNIT',
          dataSource: 'auth',
          code: '// a.js',
          maxBatchSize: 5,
        },
        {
          typeName: 'Query',
          fieldName: 'b',
          kind: 'PIPELINE',
          code: '// b.js',
          functions: [functionId],
        },
      ],
      environment: { MEMO_TABLE: 'memos', SIZE: '3' },
      queryDepthLimit: 10,
      resolverCountLimit: null,
      introspection: false,
    });
    expect(functions).toEqual({
      [functionId]: { name: 'check', dataSource: 'memoTable', code: '// check.js' },
    });
  });

  test('has keys that do not end, whatever the template says', () => {
    const [key] = plan()[0]?.definition.apiKeys ?? [];
    expect(key?.expiresAt).toBeGreaterThan(Date.now() / 1000);
  });

  test('has none of the parts of another', () => {
    const other = { ApiId: 'another' };
    const { definition } = plan({
      ...RESOURCES,
      Other: resource('AWS::AppSync::DataSource', { ...other, Name: 'other', Type: 'NONE' }),
      OtherKey: resource('AWS::AppSync::ApiKey', other),
    })[0] ?? { definition: undefined };
    expect(Object.keys(definition?.dataSources ?? {})).toEqual(['memoTable', 'auth', 'none']);
    expect(definition?.apiKeys).toHaveLength(1);
  });

  test('without a schema, or with two, is refused', () => {
    expect(() => plan(without('Schema'))).toThrow(
      'One/Api: expected one schema of this API, got 0',
    );
    expect(() => plan({ ...RESOURCES, Second: RESOURCES.Schema })).toThrow('got 2');
  });

  test.each([
    [
      'a table without its name',
      changed('Memos', { DynamoDBConfig: { Ref: 'AWS::NoValue' } }),
      'One/Memos: expected a table or a function, and a ServiceRoleArn.',
    ],
    [
      'a function without a role',
      changed('Auth', { ServiceRoleArn: { Ref: 'AWS::NoValue' } }),
      'One/Auth: expected a table or a function',
    ],
    [
      'code that is in no bucket',
      changed('A', { CodeS3Location: 'a.js' }),
      'One/A: expected a CodeS3Location, got a.js.',
    ],
    [
      'a resolver without a data source',
      changed('A', { DataSourceName: { Ref: 'AWS::NoValue' } }),
      'One/A: expected a DataSourceName.',
    ],
    [
      'OpenID Connect without an issuer',
      changed('Api', { OpenIDConnectConfig: { Ref: 'AWS::NoValue' } }),
      'One/Api: expected an OpenIDConnectConfig.',
    ],
  ])('with %s is refused', (_what, resources, message) => {
    expect(() => plan(resources)).toThrow(message);
  });
});

test('others are told the URLs on this machine', () => {
  const outputs = {
    Url: { Value: get('Api', 'GraphQLUrl') },
    RealtimeUrl: { Value: get('Api', 'RealtimeUrl') },
  };
  const [stack] = resolveStacks([makeStack({ resources: RESOURCES, outputs })], {
    urlOf: () => 'http://127.0.0.1:5',
  });
  expect(stack?.outputs).toEqual({
    Url: 'http://127.0.0.1:5/graphql',
    RealtimeUrl: 'ws://127.0.0.1:5/graphql/realtime',
  });
});

import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  resourcesOf,
  type SynthesizedStack,
  synthesize,
  type TemplateResource,
  useOutputFolders,
} from './stacks.ts';

const outputFolder = useOutputFolders();
let dev: SynthesizedStack[];
let prod: SynthesizedStack[];
beforeAll(async () => {
  dev = await synthesize('dev', outputFolder());
  prod = await synthesize('prod', outputFolder());
});

describe('a template that has changed was looked at (npm run jest -- tests/infra -u)', () => {
  test.each(['MemopadAuth', 'MemopadMemo', 'MemopadFederated', 'MemopadAppSync', 'MemopadLive'])(
    '%s',
    (name) => {
      expect(masked(dev, `${name}-dev`)).toMatchSnapshot();
    },
  );

  test('what prod has otherwise', () => {
    expect(differences(flatten(dev, 'dev'), flatten(prod, 'prod'))).toMatchSnapshot();
  });
});

describe('prod', () => {
  test('keeps tables and keys: retained, and tables refuse to be deleted', () => {
    const kept = ['AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key'].flatMap((type) => [
      ...resourcesOf(prod, type),
    ]);
    expect(kept).toHaveLength(4);
    for (const { DeletionPolicy, UpdateReplacePolicy } of kept) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
    for (const { Properties } of resourcesOf(prod, 'AWS::DynamoDB::GlobalTable')) {
      expect(Properties.Replicas).toMatchObject([{ DeletionProtectionEnabled: true }]);
    }
    expect(prod.map(({ terminationProtection }) => terminationProtection)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  test('shows its schema to nobody', () => {
    expect(variablesOf('gateway').INTROSPECTION).toBe('off');
    const [api] = resourcesOf(prod, 'AWS::AppSync::GraphQLApi');
    expect(api?.Properties.IntrospectionConfig).toBe('DISABLED');
  });

  test('lets an address make few accounts', () => {
    expect(variablesOf('auth-subgraph').SIGN_UPS_PER_HOUR).toBe('20');
    expect(variablesOf('auth-http').SIGN_UPS_PER_HOUR).toBe('20');
  });

  function variablesOf(name: string): Readonly<Record<string, unknown>> {
    const all = resourcesOf(prod, 'AWS::Lambda::Function');
    const found = all.find(({ Properties }) => Properties.FunctionName === `memopad-prod-${name}`);
    return found?.Properties.Environment.Variables;
  }
});

describe('every table', () => {
  test.each(['dev', 'prod'] as const)(
    'of %s is on demand, restorable and rid of the expired',
    (stage) => {
      const tables = resourcesOf(stage === 'dev' ? dev : prod, 'AWS::DynamoDB::GlobalTable');
      expect(tables).toHaveLength(3);
      for (const { Properties } of tables) {
        expect(Properties).toMatchObject({
          BillingMode: 'PAY_PER_REQUEST',
          TimeToLiveSpecification: { AttributeName: expect.any(String), Enabled: true },
          Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
        });
      }
    },
  );

  test('streams what changes with both images when somebody could follow: the memo table', () => {
    const [memos] = resourcesOf(dev, 'AWS::DynamoDB::GlobalTable').filter(({ id }) =>
      id.startsWith('Memos'),
    );
    expect(memos?.Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });
});

describe('every function', () => {
  test('has the one runtime, traces, and a log of its own that ends', () => {
    const functions = resourcesOf(dev, 'AWS::Lambda::Function');
    const logs = new Map(resourcesOf(dev, 'AWS::Logs::LogGroup').map((one) => [one.id, one]));
    expect(functions).toHaveLength(8);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      });
      const log = logs.get(Properties.LoggingConfig.LogGroup.Ref);
      expect(log?.Properties).toEqual({
        LogGroupName: `/aws/lambda/${Properties.FunctionName}`,
        RetentionInDays: 7,
      });
    }
  });
});

test('everything is tagged with what a bill is sorted by', () => {
  for (const { tags } of prod) expect(tags).toEqual({ app: 'memopad', stage: 'prod' });
});

/** What the names of the files in resolvers/ say. */
const WIRED = new Set(['AWS::AppSync::FunctionConfiguration', 'AWS::AppSync::Resolver']);

/** A template without what changes with every edit (assets) and with CDK itself (its bootstrap version). */
function masked(stacks: readonly SynthesizedStack[], name: string): object {
  const template = stacks.find((stack) => stack.name === name)?.template;
  const { Description, Resources, Outputs } = template ?? { Description: '', Resources: {} };
  const resources = Object.entries(Resources)
    .filter(([, { Type }]) => !WIRED.has(Type))
    .map(([id, resource]) => [id, maskResource(resource)]);
  return { Description, Resources: Object.fromEntries(resources), Outputs };
}

function maskResource(resource: TemplateResource & { readonly Metadata?: object }): object {
  const { Metadata, ...rest } = resource;
  const code = CODE[resource.Type];
  if (!code) return rest;
  return { ...rest, Properties: { ...resource.Properties, ...code } };
}

/** What holds code, or all of the schema, by type. */
const CODE: Readonly<Record<string, object>> = {
  'AWS::Lambda::Function': { Code: 'the bundle' },
  'AWS::AppSync::GraphQLSchema': { Definition: 'the schema' },
};

/** Every value of every template by its path, with the stage's name taken out. */
function flatten(stacks: readonly SynthesizedStack[], stage: string): Map<string, string> {
  const values = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) visit(inner, `${path}/${key}`);
    } else {
      values.set(path, String(value).replaceAll(stage, '<stage>'));
    }
  };
  for (const { name } of stacks) visit(masked(stacks, name), name.replace(`-${stage}`, ''));
  return values;
}

function differences(one: Map<string, string>, other: Map<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => one.get(path) !== other.get(path))
    .map((path) => `${path}: ${one.get(path) ?? 'nothing'} → ${other.get(path) ?? 'nothing'}`)
    .sort();
}

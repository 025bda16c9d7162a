import { beforeAll, expect, test } from '@jest/globals';
import { resourcesOf, type SynthesizedStack, synthesize, useOutputFolders } from './stacks.ts';

/**
 * US dollars a month for one resource that nobody uses, with nothing in it. Each from AWS's own page,
 * read in November 2026; a type without a price here fails the test, so that somebody looks it up.
 */
const IDLE_PRICES: Readonly<Record<string, { readonly dollars: number; readonly source: string }>> =
  {
    'AWS::KMS::Key': { dollars: 1, source: 'https://aws.amazon.com/kms/pricing/' },
    'AWS::DynamoDB::GlobalTable': {
      dollars: 0, // by request and by GB, also of what can be restored
      source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    },
    'AWS::Lambda::Function': { dollars: 0, source: 'https://aws.amazon.com/lambda/pricing/' },
    'AWS::Logs::LogGroup': {
      dollars: 0, // by GB taken in and kept
      source: 'https://aws.amazon.com/cloudwatch/pricing/',
    },
    ...Object.fromEntries(
      ['Api', 'Stage', 'Route', 'RouteResponse', 'Integration'].map((part) => [
        `AWS::ApiGatewayV2::${part}`,
        { dollars: 0, source: 'https://aws.amazon.com/api-gateway/pricing/' },
      ]),
    ),
    'AWS::CloudWatch::Alarm': {
      dollars: 0.1, // the first ten of an account are free
      source: 'https://aws.amazon.com/cloudwatch/pricing/',
    },
    ...Object.fromEntries(
      [
        'ApiKey',
        'DataSource',
        'FunctionConfiguration',
        'GraphQLApi',
        'GraphQLSchema',
        'Resolver',
      ].map((part) => [
        `AWS::AppSync::${part}`,
        // By operation, by message and by minute of a connection; no cache is provisioned.
        { dollars: 0, source: 'https://aws.amazon.com/appsync/pricing/' },
      ]),
    ),
    'AWS::SQS::Queue': {
      // Lambda's five readers, which wait 20 s each, ask 648,000 times a month, at 0.40 $ a million;
      // an account's first million are free.
      dollars: 0.26,
      source: 'https://aws.amazon.com/sqs/pricing/',
    },
    'AWS::Lambda::EventSourceMapping': {
      dollars: 0, // asking a stream is free to Lambda, asking a queue is the queue's
      source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    },
    ...Object.fromEntries(
      [
        'AWS::ApiGateway::Account',
        'AWS::IAM::Role',
        'AWS::IAM::Policy',
        'AWS::Lambda::Permission',
        'AWS::SQS::QueuePolicy',
      ].map((type) => [type, { dollars: 0, source: 'https://aws.amazon.com/iam/' }]),
    ),
  };

const outputFolder = useOutputFolders();
let stacks: SynthesizedStack[];
beforeAll(async () => {
  stacks = await synthesize('prod', outputFolder());
});

test('a deployment that nobody uses costs its signing key, 1 $ a month, two alarms and a queue that is asked: 1.46 $', () => {
  const types = [...new Set(stacks.flatMap(({ template }) => typesIn(template.Resources)))];
  const costs = types.map((type) => {
    const price = IDLE_PRICES[type];
    if (!price) throw new Error(`What does an idle ${type} cost? Look it up and add it.`);
    return { type, dollars: price.dollars * resourcesOf(stacks, type).length };
  });
  expect(costs.filter(({ dollars }) => dollars > 0)).toEqual([
    { type: 'AWS::KMS::Key', dollars: 1 },
    { type: 'AWS::SQS::Queue', dollars: 0.26 },
    { type: 'AWS::CloudWatch::Alarm', dollars: 0.2 },
  ]);
});

function typesIn(resources: SynthesizedStack['template']['Resources']): string[] {
  return Object.values(resources).map(({ Type }) => Type);
}

import { describe, expect, test } from '@jest/globals';
import { checkPermissions } from '#local/cloud/events/checkPermissions.ts';
import { planMappings } from '#local/cloud/events/planMappings.ts';
import { planQueues } from '#local/cloud/events/sqs/planQueues.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { StartError } from '#local/startError.ts';
import {
  FUNCTION_ARN,
  LIST_STREAMS,
  makeResources,
  QUEUE_ARN,
  queueResource,
  READ_STREAMS,
  roles,
  SEND,
  streamArnOf,
} from './resources.ts';

const plan = (properties?: object, ...statements: Statement[]) =>
  planMappings(makeResources('Memos', { ...properties }), roles(...statements))[0];

const ON_FAILURE = { DestinationConfig: { OnFailure: { Destination: QUEUE_ARN } } };

describe('a planned mapping', () => {
  test("has Lambda's defaults", () => {
    expect(plan()).toMatchObject({
      name: { stack: 'Test', id: 'Mapping' },
      tableName: 'Memos',
      streamArn: streamArnOf('Memos'),
      partitionKey: 'PK',
      functionArn: FUNCTION_ARN,
      batchSize: 100,
      batchingWindowSeconds: 0,
      retryAttempts: Number.POSITIVE_INFINITY,
      recordAgeSeconds: Number.POSITIVE_INFINITY,
      bisects: false,
      reportsFailures: false,
      onFailureArn: undefined,
      parallelizationFactor: 1,
    });
  });

  test('has what the template says', () => {
    const planned = plan({
      FunctionName: FUNCTION_ARN,
      StartingPosition: 'LATEST',
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 2,
      MaximumRetryAttempts: 0,
      MaximumRecordAgeInSeconds: 60,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ParallelizationFactor: 10,
      Enabled: true,
      ...ON_FAILURE,
    });
    expect(planned).toMatchObject({
      startingPosition: 'LATEST',
      batchSize: 10,
      batchingWindowSeconds: 2,
      retryAttempts: 0,
      recordAgeSeconds: 60,
      bisects: true,
      reportsFailures: true,
      onFailureArn: QUEUE_ARN,
      parallelizationFactor: 10,
    });
  });

  test('says whether it is enabled', () => {
    expect(plan()).toMatchObject({ isEnabled: true });
    expect(plan({ Enabled: false })).toMatchObject({ isEnabled: false });
  });

  test.each([
    ['TumblingWindowInSeconds', 30, 'property TumblingWindowInSeconds'],
    ['Tags', [], 'property Tags'],
    ['StartingPosition', 'AT_TIMESTAMP', 'StartingPosition'],
    ['BatchSize', 0, 'BatchSize to be a whole number from 1 to 10000, got 0'],
    ['BatchSize', 10_001, 'from 1 to 10000, got 10001'],
    ['MaximumBatchingWindowInSeconds', 301, 'from 0 to 300'],
    ['MaximumRetryAttempts', -2, 'from -1 to 10000'],
    ['MaximumRecordAgeInSeconds', 59, 'MaximumRecordAgeInSeconds'],
    ['MaximumRecordAgeInSeconds', 604_801, 'from -1 to 604800'],
    ['ParallelizationFactor', 11, 'from 1 to 10'],
    ['BisectBatchOnFunctionError', 'true', 'BisectBatchOnFunctionError'],
    ['FunctionResponseTypes', ['Other'], 'FunctionResponseTypes'],
    ['FilterCriteria', { Filters: [{ Pattern: 'x' }] }, 'Invalid filter pattern definition.'],
    ['DestinationConfig', { OnSuccess: { Destination: QUEUE_ARN } }, 'DestinationConfig'],
    [
      'DestinationConfig',
      { OnFailure: { Destination: 'arn:aws:sns:ap-northeast-2:000000000000:Topic' } },
      'DestinationConfig',
    ],
    ['FunctionName', 'stranger', 'the function stranger is in no stack'],
    ['EventSourceArn', 'arn:aws:kinesis:x', 'is no stream of a table in a stack'],
  ])('is refused with %s %j', (property, value, message) => {
    const planning = () => plan({ [property]: value });
    expect(planning).toThrow(StartError);
    expect(planning).toThrow(message);
    expect(planning).toThrow('Test/Mapping');
  });
});

describe('a mapping whose role', () => {
  const check = (properties: object, ...statements: Statement[]) => {
    const planned = plan(properties, ...statements);
    if (planned) checkPermissions(planned);
  };

  test('may read the stream, list streams and send starts', () => {
    expect(() => check(ON_FAILURE, READ_STREAMS, LIST_STREAMS, SEND)).not.toThrow();
  });

  test.each(['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'])(
    "may not %s stops the start with AWS's sentence",
    (action) => {
      const deny: Statement = { Effect: 'Deny', Action: `dynamodb:${action}`, Resource: '*' };
      const checking = () => check({}, READ_STREAMS, LIST_STREAMS, deny);
      expect(checking).toThrow(StartError);
      expect(checking).toThrow(
        `Test/Mapping: Cannot access stream ${streamArnOf('Memos')}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. The role greeter may not ${action}.`,
      );
    },
  );

  test("may not send to the queue stops the start with AWS's sentence", () => {
    const checking = () => check(ON_FAILURE, READ_STREAMS, LIST_STREAMS);
    expect(checking).toThrow(
      'Test/Mapping: The provided execution role does not have permissions to call SendMessage on SQS.',
    );
  });

  test('need not send when nothing is sent', () => {
    expect(() => check({}, READ_STREAMS, LIST_STREAMS)).not.toThrow();
  });
});

describe('a planned queue', () => {
  test("has SQS's defaults", () => {
    expect(planQueues(makeResources('Memos'))).toEqual([
      {
        name: 'Failures',
        arn: QUEUE_ARN,
        visibilityTimeoutSeconds: 30,
        retentionSeconds: 345_600,
        waitSeconds: 0,
      },
    ]);
  });

  test.each([
    ['FifoQueue', true, 'property FifoQueue of AWS::SQS::Queue is not supported on a laptop'],
    ['RedrivePolicy', {}, 'property RedrivePolicy'],
    ['VisibilityTimeout', 43_201, 'from 0 to 43200'],
    ['MessageRetentionPeriod', 59, 'from 60 to 1209600'],
  ])('is refused with %s %j', (property, value, message) => {
    expect(() => planQueues([queueResource({ [property]: value })])).toThrow(message);
  });
});

import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import {
  EventSourceMapping,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';
import { allow } from './function.ts';

const NO_DESTINATION = 'Serverless::Serverless-LambdaEventSourceMappingDestination';

/**
 * Calls a function with what changes in a table, from the first record on, each until it is done or
 * expires after a day; in the order of a partition: one lane a shard, no more.
 * @param filter records that don't match never reach the function
 */
export function followTable(
  scope: Construct,
  id: string,
  { table, to, filter }: { table: TableV2; to: LambdaFunction; filter: object },
): void {
  const eventSourceArn = table.tableStreamArn ?? '';
  allow(to, STREAM_ACTIONS, [eventSourceArn]);
  const mapping = new EventSourceMapping(scope, id, {
    target: to,
    eventSourceArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    filters: [{ pattern: JSON.stringify(filter) }],
  });
  accept(
    mapping,
    NO_DESTINATION,
    'A record is tried until it expires; an alarm tells long before that.',
  );
}

const STREAM_ACTIONS = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'].map(
  (action) => `dynamodb:${action}`,
);

/**
 * A queue of work that is tried until it succeeds, for two weeks.
 * @param againAfter how long after a failure: Lambda refuses less than its function's timeout
 */
export function makeQueue(
  scope: Construct,
  id: string,
  { name, againAfter }: { name: string; againAfter: Duration },
): Queue {
  const queue = new Queue(scope, id, {
    queueName: name,
    visibilityTimeout: againAfter,
    retentionPeriod: Duration.days(14),
    enforceSSL: true,
  });
  const reason = 'Work is tried again until it succeeds; an alarm tells of what waits for long.';
  accept(queue, 'AwsSolutions::AwsSolutions-SQS3', reason);
  accept(queue, 'Serverless::Serverless-SQSRedrivePolicy', reason);
  return queue;
}

/** Calls a function with what is in a queue; its answer says what failed. */
export function workOff(scope: Construct, id: string, queue: Queue, by: LambdaFunction): void {
  allow(by, QUEUE_ACTIONS, [queue.queueArn]);
  const mapping = new EventSourceMapping(scope, id, {
    target: by,
    eventSourceArn: queue.queueArn,
    batchSize: 10,
    reportBatchItemFailures: true,
  });
  accept(mapping, NO_DESTINATION, 'What fails stays in the queue.');
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const QUEUE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

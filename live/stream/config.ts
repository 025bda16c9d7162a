import { readEndpoint, requireVariable } from '#aws/environment.ts';

const environment = process.env;

/** What the stream function is told beside what all live functions are (live/push/config.ts). */
export const config = {
  /** TABLE_NAME: the memo table, whose members are read. */
  memoTableName: requireVariable(environment, 'TABLE_NAME'),
  /** DRAIN_QUEUE_URL: the queue of pads to drain. */
  drainQueueUrl: requireVariable(environment, 'DRAIN_QUEUE_URL'),
  /** AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL, on a laptop. */
  queueEndpoint: readEndpoint(environment, 'SQS'),
};

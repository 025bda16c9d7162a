import { readEndpoint, requireVariable } from '#aws/environment.ts';

const environment = process.env;

/** What the stream function and the drain function are told beside what all live functions are (live/push/config.ts). */
export const config = {
  /** TABLE_NAME: the memo table: members are read, what is left of deleted pads is removed. */
  memoTableName: requireVariable(environment, 'TABLE_NAME'),
  /** DRAIN_QUEUE_URL: the queue of pads to drain. */
  drainQueueUrl: requireVariable(environment, 'DRAIN_QUEUE_URL'),
  /** APPSYNC_URL: the GraphQL URL of the AppSync door, `https://<id>.appsync-api.<region>.amazonaws.com/graphql`; without it nothing is published. */
  appSyncUrl: environment.APPSYNC_URL || null,
  /** AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL, on a laptop. */
  queueEndpoint: readEndpoint(environment, 'SQS'),
};

import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import {
  EventSourceMapping,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { MEMBER_PREFIX, MEMO_PREFIX, PAD_SORT_KEY } from '#table/keys.ts';
import { LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { accept } from './accept.ts';
import type { AuthStack } from './authStack.ts';
import type { FederatedStack } from './federatedStack.ts';
import { allow, makeFunction } from './function.ts';
import type { MemoStack } from './memoStack.ts';
import { nameOf } from './names.ts';
import { addSocketRoutes, makeSocketApi, type SocketApi, type SocketRoute } from './socketApi.ts';
import type { Stage } from './stages.ts';
import { allowTable } from './table.ts';

export interface LiveStackProps extends StackProps {
  readonly stage: Stage;
  readonly auth: AuthStack;
  readonly memo: MemoStack;
  readonly federated: FederatedStack;
}

/**
 * What each function is told. AWS's own variables (region, credentials) come with them.
 *
 * | variable | in | what |
 * |---|---|---|
 * | LIVE_TABLE_NAME | all three | the live table |
 * | SOCKET_ENDPOINT | all three | where connections are posted to: `https://<api>.execute-api.<region>.amazonaws.com/live`, without a slash at its end; `http://127.0.0.1:<port>/live` on a laptop |
 * | DRAIN_QUEUE_URL | all three | the queue of pads to drain: messages are `{"padId": …}` |
 * | GATEWAY_FUNCTION | all three | the name of the gateway's function, to be invoked with an event of payload format 2.0 |
 * | WATCH_FUNCTION | all three | the name of the function that issues watch tokens (its own variables: ISSUER, SIGNING_KEY_ARN) |
 * | TABLE_NAME | liveSocket | the memo table: memberships and pads are read from it, nothing is written |
 * | ISSUER, JWKS_URL | liveSocket | whose access tokens are good |
 *
 * The memo subgraph gets LIVE_TABLE_NAME and may GetItem and Query (memoStack.ts).
 */
type LiveEnvironment = Readonly<Record<string, string>>;

/**
 * Only these answer by what their function returns; a two-way route whose function returns no body
 * sends its client an empty message, so the others are one-way, and what they say is posted.
 */
const ROUTES: readonly SocketRoute[] = [
  { key: '$connect', answers: true }, // the subprotocol, if it was offered
  { key: '$disconnect', answers: false },
  { key: '$default', answers: true }, // an error, always
  { key: 'connection_init', answers: true }, // connection_ack or an error, always
  { key: 'ping', answers: true }, // pong, always
  { key: 'pong', answers: false },
  { key: 'subscribe', answers: false },
  { key: 'complete', answers: false },
];

const LIVE_ACTIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'ConditionCheckItem',
];
/** Of the memo table, to decide who may watch a pad. */
const ACCESS_ACTIONS = ['GetItem'];

/** API Gateway waits 29 s: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const SOCKET_TIMEOUT_SECONDS = 28;
/** Longer than the gateway's function may take, and then there is something to post. */
const DRAIN_TIMEOUT_SECONDS = 40;
/** A drain that failed is tried again after this. Lambda refuses less than its function's timeout. */
const DRAIN_AGAIN_AFTER_SECONDS = 60;

/** Live changes: the stream becomes each pad's change log, the log is pushed over a WebSocket API. Deploys last. */
export class LiveStack extends Stack {
  constructor(scope: Construct, id: string, props: LiveStackProps) {
    super(scope, id, props);
    const { stage, auth, memo } = props;
    const socket = makeSocketApi(this, 'SocketApi', { stage, name: 'live', path: 'live' });
    const queue = this.makeDrainQueue(stage);
    const make = (name: string, bundle: LiveBundle, own: Own): LambdaFunction => {
      const environment = { ...this.describe(props, socket, queue), ...own.environment };
      const { timeoutSeconds } = own;
      const options = { stage, name, bundle, environment, memory: 512, timeoutSeconds };
      const made = makeFunction(this, own.id, options);
      this.allowLive(made, props, socket, queue);
      return made;
    };
    const stream = make('live-stream', 'liveStream', { id: 'LiveStream', timeoutSeconds: 60 });
    const drain = make('live-drain', 'liveDrain', {
      id: 'LiveDrain',
      timeoutSeconds: DRAIN_TIMEOUT_SECONDS,
    });
    const answering = make('live-socket', 'liveSocket', {
      id: 'LiveSocket',
      timeoutSeconds: SOCKET_TIMEOUT_SECONDS,
      environment: {
        TABLE_NAME: memo.memos.tableName,
        ISSUER: auth.issuer,
        JWKS_URL: auth.jwksUrl,
      },
    });
    allow(
      answering,
      ACCESS_ACTIONS.map((action) => `dynamodb:${action}`),
      [memo.memos.tableArn],
    );
    addSocketRoutes(socket.api, ROUTES, answering);
    this.followMemos(stream, memo);
    this.drainFrom(queue, drain);
    this.warn(stage, stream, queue);
    new CfnOutput(this, 'SocketUrl', { value: socket.url });
  }

  private describe(
    { auth, memo, federated }: LiveStackProps,
    socket: SocketApi,
    queue: Queue,
  ): LiveEnvironment {
    return {
      LIVE_TABLE_NAME: memo.live.tableName,
      SOCKET_ENDPOINT: socket.managementEndpoint,
      DRAIN_QUEUE_URL: queue.queueUrl,
      GATEWAY_FUNCTION: federated.gateway.functionName,
      WATCH_FUNCTION: auth.watch.functionName,
    };
  }

  /** What all three do: read and write the live table, run selections, post, and pass a pad on to be drained. */
  private allowLive(
    to: LambdaFunction,
    { auth, memo, federated }: LiveStackProps,
    socket: SocketApi,
    queue: Queue,
  ): void {
    allowTable(to, memo.live, LIVE_TABLE, LIVE_ACTIONS);
    allow(to, ['lambda:InvokeFunction'], [federated.gateway.functionArn, auth.watch.functionArn]);
    allow(
      to,
      ['execute-api:ManageConnections'],
      [socket.connectionsArn('POST'), socket.connectionsArn('DELETE')],
    );
    allow(to, ['sqs:SendMessage'], [queue.queueArn]);
  }

  /** Drains are tried until they succeed, for two weeks, so that there is nothing to redrive. */
  private makeDrainQueue(stage: Stage): Queue {
    const queue = new Queue(this, 'DrainQueue', {
      queueName: nameOf(stage, 'drain'),
      visibilityTimeout: Duration.seconds(DRAIN_AGAIN_AFTER_SECONDS),
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
    });
    const reason = 'A drain is tried again until it succeeds; an alarm tells of those that wait.';
    accept(queue, 'AwsSolutions::AwsSolutions-SQS3', reason);
    accept(queue, 'Serverless::Serverless-SQSRedrivePolicy', reason);
    return queue;
  }

  /**
   * From the first record on and until it expires, in the order of a pad: one lane a shard, no more.
   * Invites and whatever else the table holds never reach the function.
   */
  private followMemos(stream: LambdaFunction, { memos }: MemoStack): void {
    const streamArn = memos.tableStreamArn ?? '';
    allow(stream, STREAM_ACTIONS, [streamArn]);
    const sortKeys = [{ prefix: MEMO_PREFIX }, { prefix: MEMBER_PREFIX }, PAD_SORT_KEY];
    const pattern = { dynamodb: { Keys: { [MEMO_TABLE.sortKey]: { S: sortKeys } } } };
    const mapping = new EventSourceMapping(this, 'MemoChanges', {
      target: stream,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      filters: [{ pattern: JSON.stringify(pattern) }],
    });
    accept(
      mapping,
      'Serverless::Serverless-LambdaEventSourceMappingDestination',
      'A record is tried until it expires; an alarm tells long before that.',
    );
  }

  private drainFrom(queue: Queue, drain: LambdaFunction): void {
    const { queueArn } = queue;
    allow(drain, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queueArn]);
    const mapping = new EventSourceMapping(this, 'Drains', {
      target: drain,
      eventSourceArn: queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
    });
    accept(
      mapping,
      'Serverless::Serverless-LambdaEventSourceMappingDestination',
      'Queues have no destination: what fails stays in the queue.',
    );
  }

  private warn(stage: Stage, stream: LambdaFunction, queue: Queue): void {
    const longestOf = { statistic: 'Maximum', period: Duration.minutes(1) };
    const warnOf = (id: string, metric: IMetric, threshold: number, what: string): void => {
      new Alarm(this, id, {
        alarmName: nameOf(stage, what),
        metric,
        threshold,
        evaluationPeriods: 3,
        alarmDescription: 'Watchers see changes late; none is lost for a day.',
      });
    };
    const streamAge = stream.metric('IteratorAge', longestOf);
    warnOf('ChangesLate', streamAge, 60_000, 'changes-late');
    const drainAge = queue.metricApproximateAgeOfOldestMessage(longestOf);
    warnOf('DrainsLate', drainAge, 300, 'drains-late');
  }
}

type LiveBundle = 'liveStream' | 'liveDrain' | 'liveSocket';

/** What is one function's own. */
interface Own {
  readonly id: string;
  readonly timeoutSeconds: number;
  readonly environment?: LiveEnvironment;
}

const STREAM_ACTIONS = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'].map(
  (action) => `dynamodb:${action}`,
);

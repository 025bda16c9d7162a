import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { MEMBER_PREFIX, MEMO_PREFIX, PAD_SORT_KEY } from '#table/keys.ts';
import { LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import type { AppSyncStack } from './appSyncStack.ts';
import type { AuthStack } from './authStack.ts';
import type { FederatedStack } from './federatedStack.ts';
import { allow, type FunctionOptions, makeFunction } from './function.ts';
import { followTable, makeQueue, workOff } from './mappings.ts';
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
  /** Null where there is no such door: then nothing is published through it. */
  readonly appSync: AppSyncStack | null;
}

/**
 * What each function is told. AWS's own variables (region, credentials) come with them.
 *
 * | variable | in | what |
 * |---|---|---|
 * | LIVE_TABLE_NAME | all three | the live table |
 * | SOCKET_ENDPOINT | all three | where connections are posted to: `https://<api>.execute-api.<region>.amazonaws.com/live`, without a slash at its end; `http://127.0.0.1:<port>/live` on a laptop |
 * | DRAIN_QUEUE_URL | liveStream, liveDrain | the queue of pads to drain: messages are `{"padId": …}`; with `"task": "CLEAN_UP"` what a deleted pad has left is removed |
 * | GATEWAY_FUNCTION | all three | the name of the gateway's function, to be invoked with an event of payload format 2.0 |
 * | WATCH_FUNCTION | all three | the name of the function that issues watch tokens (its own variables: ISSUER, SIGNING_KEY_ARN) |
 * | TABLE_NAME | all three | the memo table: memberships and pads are read from it; liveDrain removes what deleted pads have left |
 * | APPSYNC_URL | liveStream, liveDrain | the GraphQL URL of the AppSync door, where there is one: both call its mutations for the live service |
 * | ISSUER, JWKS_URL | liveSocket | whose access tokens are good |
 *
 * The memo subgraph gets LIVE_TABLE_NAME and may GetItem and Query (memoStack.ts).
 */
type LiveEnvironment = FunctionOptions['environment'];

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
const ACCESS_ACTIONS = ['dynamodb:GetItem'];

/** Of the memo table, to tell the members of a pad that got another name. */
const MEMBERS_ACTIONS = ['dynamodb:Query'];

/** Of the memo table, to remove what a deleted pad has left. */
const REMAINS_ACTIONS = ['GetItem', 'Query', 'DeleteItem'].map((action) => `dynamodb:${action}`);

/** The AppSync door's mutations for the live service. */
const PUBLISHING = ['publishMemoChanges', 'endMemoChanges'];

/** Memos, members and pads; invites and whatever else the memo table holds are nobody's business. */
const SEQUENCED = {
  dynamodb: {
    Keys: {
      [MEMO_TABLE.sortKey]: {
        S: [{ prefix: MEMO_PREFIX }, { prefix: MEMBER_PREFIX }, PAD_SORT_KEY],
      },
    },
  },
};

/** API Gateway waits 29 s: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const SOCKET_TIMEOUT_SECONDS = 28;
/** Longer than the gateway's function may take, and then there is something to post. */
const DRAIN_TIMEOUT_SECONDS = 40;
const STREAM_TIMEOUT_SECONDS = 60;
const DRAIN_AGAIN_AFTER = Duration.seconds(60);

/** Live changes: the stream becomes each pad's change log, the log is pushed over a WebSocket API. Deploys last. */
export class LiveStack extends Stack {
  constructor(scope: Construct, id: string, props: LiveStackProps) {
    super(scope, id, props);
    const { stage, auth, appSync } = props;
    const { memos } = props.memo;
    const socket = makeSocketApi(this, 'SocketApi', { stage, name: 'live', path: 'live' });
    const queue = makeQueue(this, 'DrainQueue', {
      name: nameOf(stage, 'drain'),
      againAfter: DRAIN_AGAIN_AFTER,
    });
    const following = {
      TABLE_NAME: memos.tableName,
      DRAIN_QUEUE_URL: queue.queueUrl,
      ...(appSync && { APPSYNC_URL: appSync.url }),
    };
    const make = createMaker(this, { ...props, socket });
    const stream = make('LiveStream', {
      name: 'live-stream',
      bundle: 'liveStream',
      timeoutSeconds: STREAM_TIMEOUT_SECONDS,
      environment: following,
    });
    allow(stream, MEMBERS_ACTIONS, [memos.tableArn]);
    allow(stream, ['sqs:SendMessage'], [queue.queueArn]);
    followTable(this, 'MemoChanges', { table: memos, to: stream, filter: SEQUENCED });
    const drain = make('LiveDrain', {
      name: 'live-drain',
      bundle: 'liveDrain',
      timeoutSeconds: DRAIN_TIMEOUT_SECONDS,
      environment: following,
    });
    allow(drain, REMAINS_ACTIONS, [memos.tableArn]);
    allow(drain, ['sqs:SendMessage'], [queue.queueArn]);
    workOff(this, 'Drains', queue, drain);
    for (const one of [stream, drain]) appSync?.allowMutations(one, PUBLISHING);
    const answering = make('LiveSocket', {
      name: 'live-socket',
      bundle: 'liveSocket',
      timeoutSeconds: SOCKET_TIMEOUT_SECONDS,
      environment: { TABLE_NAME: memos.tableName, ISSUER: auth.issuer, JWKS_URL: auth.jwksUrl },
    });
    allow(answering, ACCESS_ACTIONS, [memos.tableArn]);
    addSocketRoutes(socket.api, ROUTES, answering);
    this.warnOfLateness(stage, stream, queue);
    new CfnOutput(this, 'SocketUrl', { value: socket.url });
  }

  private warnOfLateness(stage: Stage, stream: LambdaFunction, queue: Queue): void {
    const longest = { statistic: 'Maximum', period: Duration.minutes(1) };
    const warn = (id: string, name: string, metric: IMetric, threshold: number): void => {
      new Alarm(this, id, {
        alarmName: nameOf(stage, name),
        alarmDescription: 'Watchers see changes late. None is lost within a day.',
        metric,
        threshold,
        evaluationPeriods: 3,
      });
    };
    warn('ChangesLate', 'changes-late', stream.metric('IteratorAge', longest), LATE_MS);
    const drainAge = queue.metricApproximateAgeOfOldestMessage(longest);
    warn('DrainsLate', 'drains-late', drainAge, LATE_DRAIN_SECONDS);
  }
}

const LATE_MS = 60_000;
/** Some tries after the first. */
const LATE_DRAIN_SECONDS = 300;

interface Parts extends LiveStackProps {
  readonly socket: SocketApi;
}

type Own = Pick<FunctionOptions, 'name' | 'bundle' | 'timeoutSeconds'> & {
  /** Beside what all three are told. */
  readonly environment?: LiveEnvironment;
};

/** What all three functions are told, and may do: use the live table, run selections and post. */
function createMaker(scope: Stack, { stage, auth, memo, federated, socket }: Parts) {
  const shared = {
    LIVE_TABLE_NAME: memo.live.tableName,
    SOCKET_ENDPOINT: socket.managementEndpoint,
    GATEWAY_FUNCTION: federated.gateway.functionName,
    WATCH_FUNCTION: auth.watch.functionName,
  };
  const invoked = [federated.gateway.functionArn, auth.watch.functionArn];
  return (id: string, { environment, ...own }: Own): LambdaFunction => {
    const made = makeFunction(scope, id, {
      stage,
      ...own,
      environment: { ...shared, ...environment },
      memory: 512,
    });
    allowTable(made, memo.live, LIVE_TABLE, LIVE_ACTIONS);
    allow(made, ['lambda:InvokeFunction'], invoked);
    socket.allowConnections(made, ['POST', 'DELETE']);
    return made;
  };
}

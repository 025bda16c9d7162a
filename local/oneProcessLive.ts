import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { composeLive } from '#one-process/composeLive.ts';
import { MEMO_TABLE } from '#table/tables.ts';
import { streamArn } from './cloud/dynamodb/localArns.ts';
import { createStreamReader } from './cloud/dynamodb/streamReader.ts';
import type { MappingDefinition } from './cloud/events/mapping.ts';
import { startMappings } from './cloud/events/mappings.ts';
import { openQueues } from './cloud/events/sqs/queues.ts';
import { createWake } from './cloud/events/wake.ts';
import type { InvocationResult, LambdaFunctions } from './cloud/lambda/functions.ts';
import type { WebSocketApiDefinition } from './cloud/webSocketApi/definition.ts';
import { startWebSocketApi } from './cloud/webSocketApi/server.ts';
import type { FormOptions } from './form.ts';
import type { HeldPort } from './heldPort.ts';
import { ringOnWrites } from './ringOnWrites.ts';
import { TABLE_NAMES } from './tableNames.ts';

export interface OneProcessLiveOptions {
  readonly given: FormOptions;
  readonly dynamoDb: DynamoDBClient;
  /** The engine's own URL. */
  readonly endpoint: string;
  readonly issuer: string;
  readonly signingKey: SigningKey;
  readonly gateway: HttpHandler;
  /** Where clients connect. */
  readonly held: HeldPort;
}

const RETRY_AFTER_MS = 1_000;

/** Live changes in one process: a server for sockets, and a reader of the memo table's stream. */
export async function openLive(options: OneProcessLiveOptions): Promise<void> {
  const { given, dynamoDb, endpoint, issuer, signingKey, gateway, held } = options;
  const { folder, log, cleanup } = given;
  let isStopped = false;
  /** Whoever watches is gone with this process: nothing must be remembered longer than it. */
  const later = (work: () => Promise<void>): void => {
    work().catch(() => {
      if (!isStopped) setTimeout(later, RETRY_AFTER_MS, work).unref();
    });
  };
  const live = composeLive({
    dynamoDb,
    tableNames: TABLE_NAMES,
    issuer,
    signingKey,
    gateway,
    sockets: { post: (id, text) => api.post(id, text), end: (id) => api.end(id) },
    later,
    log,
  });
  const api = await startWebSocketApi(SOCKET_API, {
    port: held.port,
    held,
    invoke: calling(live.socket),
    verify,
  });
  cleanup.add(api.close);
  const wake = createWake();
  ringOnWrites(dynamoDb, wake.ring);
  const mappings = await startMappings([MEMO_CHANGES], {
    readers: (tableName) => createStreamReader({ endpoint, tableName }),
    functions: { invoke: calling(live.follow) },
    queues: openQueues([], {}),
    log,
    wake,
    folder: given.options.memory ? undefined : `${folder.events}/checkpoints`,
  });
  cleanup.add(async () => {
    isStopped = true;
    await mappings.stop();
  });
}

/** A function of ours in the place of one of Lambda's. */
function calling<Event>(run: (event: Event) => Promise<unknown>): LambdaFunctions['invoke'] {
  return async (_arn, payload): Promise<InvocationResult> => ({
    payload: JSON.stringify((await run(JSON.parse(payload))) ?? null),
    requestId: '',
    logTail: '',
  });
}

/** Nobody but ourselves posts, and we don't ask ourselves over HTTP. */
function verify(): never {
  throw new Error('Expected nobody to use the management endpoint in one process.');
}

const ANSWERING = new Set(['$connect', '$default', 'connection_init', 'ping']);

/** As infra/liveStack.ts describes it; a test compares them. */
export const SOCKET_API: WebSocketApiDefinition = {
  apiId: 'live',
  stage: 'live',
  routedBy: 'type',
  routes: [
    '$connect',
    '$disconnect',
    '$default',
    'connection_init',
    'ping',
    'pong',
    'subscribe',
    'complete',
  ].map((routeKey) => ({ routeKey, functionArn: 'live', answers: ANSWERING.has(routeKey) })),
  throttle: { rate: 1_000, burst: 2_000 },
  mayInvoke: () => true,
};

const MEMO_CHANGES: MappingDefinition = {
  name: { stack: 'one-process', id: 'MemoChanges' },
  isEnabled: true,
  streamArn: streamArn(TABLE_NAMES.memo),
  tableName: TABLE_NAMES.memo,
  partitionKey: MEMO_TABLE.partitionKey,
  functionArn: 'live',
  role: {
    name: 'one-process',
    statements: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }],
  },
  // What was written in the other form may not be in the logs yet; what is, is told by its source.
  startingPosition: 'TRIM_HORIZON',
  batchSize: 100,
  batchingWindowSeconds: 0,
  filter: () => true,
  retryAttempts: Number.POSITIVE_INFINITY,
  recordAgeSeconds: Number.POSITIVE_INFINITY,
  bisects: true,
  reportsFailures: true,
  onFailureArn: undefined,
  parallelizationFactor: 1,
};

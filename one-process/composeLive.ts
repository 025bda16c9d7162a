import { randomBytes as systemRandomBytes } from 'node:crypto';
import { createLocalJWKSet } from 'jose';
import { createWatchTokenIssuer } from '#domain/auth/issueWatchToken.ts';
import type { SigningKey } from '#domain/auth/signingKey.ts';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { createLastingVerifier } from '#domain/viewer/accessToken.ts';
import type { HttpHandler } from '#domain/viewer/httpMessage.ts';
import { createUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import type { AskGateway } from '#live/push/askGateway.ts';
import { ConnectionGone, type Connections } from '#live/push/connections.ts';
import { createPush } from '#live/push/createPush.ts';
import { createWatchTokens } from '#live/push/watchTokens.ts';
import { createSocket, type Socket } from '#live/socket/createSocket.ts';
import { createCleanUp } from '#live/stream/cleanUp.ts';
import { createDrain } from '#live/stream/drain.ts';
import { createFollow, type Follow } from '#live/stream/follow.ts';
import { createSequencer } from '#live/stream/sequencer.ts';
import type { DynamoDb } from '#table/dynamoDb.ts';
import { MEMBER_PREFIX, MEMO_PREFIX, PAD_SORT_KEY } from '#table/keys.ts';
import { createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import { createPadRemains } from '#table/memo/padRemains.ts';
import { createPadStore } from '#table/memo/padStore.ts';

export interface LiveOptions {
  readonly dynamoDb: DynamoDb;
  readonly tableNames: { readonly memo: string; readonly live: string };
  readonly issuer: string;
  readonly signingKey: SigningKey;
  /** Runs what watchers select. */
  readonly gateway: HttpHandler;
  /** The open sockets; false says that nobody is at the other end any more. */
  readonly sockets: {
    post(connectionId: string, text: string): boolean;
    end(connectionId: string): void;
  };
  /** Has work done soon, again until it doesn't reject. */
  readonly later: (work: () => Promise<void>) => void;
  readonly log: Log;
  readonly clock?: Clock | undefined;
  readonly randomBytes?: RandomBytes | undefined;
}

/** The live service, without a server around it and without anybody who reads the memo table's stream. */
export interface Live {
  /** Takes what happens on a socket, as API Gateway's WebSocket APIs tell it. */
  readonly socket: Socket;
  /** Takes batches of the stream's records. */
  readonly follow: Follow;
}

/** Puts the live service together in this process. */
export function composeLive(options: LiveOptions): Live {
  const { dynamoDb, tableNames, issuer, signingKey, later, log } = options;
  const { clock = Date.now, randomBytes = systemRandomBytes } = options;
  const liveTable = { dynamoDb, tableName: tableNames.live };
  const memoTable = { dynamoDb, tableName: tableNames.memo };
  const subscriptions = createSubscriptionStore(liveTable);
  const changes = createChangeLog(liveTable);
  const pads = createPadStore(memoTable);
  const push = createPush({
    subscriptions,
    askGateway: askInProcess(options, clock, randomBytes),
    connections: reach(options.sockets),
    clock,
    makeRequestId: () => createUlid(clock(), randomBytes),
    log,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
  });
  const drain = createDrain({ changes, subscriptions, push, report: log });
  const cleanUpLater = async (padId: string): Promise<void> => later(() => cleanUp(padId));
  const cleanUp = createCleanUp(createPadRemains(memoTable), cleanUpLater);
  const follow = createFollow({
    sequencer: createSequencer({
      log: changes,
      membersOf: async (padId) => (await pads.listMembers(padId)).map(({ userId }) => userId),
      clock,
      randomBytes,
      report: log,
    }),
    drain,
    drainLater: async (padId) => later(() => drain(padId)),
    cleanUpLater,
    report: log,
  });
  const keys = createLocalJWKSet({ keys: [...signingKey.published] });
  const verify = createLastingVerifier({ issuer, keys, clock });
  return {
    socket: createSocket({ subscriptions, changes, members: pads, verify, push, clock, log }),
    follow: ({ Records }) => follow({ Records: Records.filter(isSequenced) }),
  };
}

/** In the cloud the mapping's filter does this: infra/liveStack.ts. */
function isSequenced({ dynamodb }: Parameters<Follow>[0]['Records'][number]): boolean {
  const sortKey = dynamodb?.Keys?.SK?.S ?? '';
  const isPart = sortKey.startsWith(MEMO_PREFIX) || sortKey.startsWith(MEMBER_PREFIX);
  return isPart || sortKey === PAD_SORT_KEY;
}

function reach({ post, end }: LiveOptions['sockets']): Connections {
  return {
    async post(connectionId, text) {
      if (!post(connectionId, text)) throw new ConnectionGone('Expected an open connection.');
    },
    close: async (connectionId) => end(connectionId),
  };
}

function askInProcess(
  { gateway, issuer, signingKey }: LiveOptions,
  clock: Clock,
  randomBytes: RandomBytes,
): AskGateway {
  const issue = createWatchTokenIssuer({ issuer, signingKey, clock, randomBytes });
  const watchTokens = createWatchTokens({
    invoke: (payload) => issue((payload as { readonly padId: string }).padId),
    clock,
  });
  return async ({ query, variables, padId, requestId }) => {
    const { body } = await gateway({
      method: 'POST',
      path: '/graphql',
      search: '',
      headers: {
        host: 'localhost',
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${await watchTokens.of(padId)}`,
        'x-request-id': requestId,
      },
      body: JSON.stringify({ query, variables }),
      sourceIp: '127.0.0.1',
    });
    return JSON.parse(String(body));
  };
}

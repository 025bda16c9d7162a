import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { serveHttpApi } from '#aws/httpApi.ts';
import { createWatchTokenIssuer } from '#domain/auth/issueWatchToken.ts';
import type { PasswordCost } from '#domain/auth/passwordHash.ts';
import type { ChangeLog } from '#domain/memo/changeLog.ts';
import { createLastingVerifier } from '#domain/viewer/accessToken.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { AskGateway, GatewayRequest } from '#live/push/askGateway.ts';
import type { Connections } from '#live/push/connections.ts';
import { createPush, type PushOptions } from '#live/push/createPush.ts';
import { createGatewayByLambda } from '#live/push/gatewayByLambda.ts';
import type { Push, Replay } from '#live/push/push.ts';
import { createWatchTokens } from '#live/push/watchTokens.ts';
import { createSocket, type Socket } from '#live/socket/createSocket.ts';
import { createDrain, type Drain } from '#live/stream/drain.ts';
import { createTable } from '#local/createTable.ts';
import { composeMemopad, type Memopad } from '#one-process/compose.ts';
import type { Table } from '#table/dynamoDb.ts';
import { type ChangeLogWrites, createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { AUTH_TABLE, LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';
import { createFakeConnections, type FakeConnections } from './connections.ts';

/** The whole way from a change in a log to a frame at a connection, but for streams and sockets. */
export interface LiveScene {
  readonly issuer: TestIssuer;
  readonly memopad: Memopad;
  readonly table: Table;
  readonly changes: ChangeLog & ChangeLogWrites;
  readonly subscriptions: SubscriptionStore;
  readonly connections: FakeConnections;
  readonly push: Push & Replay;
  readonly socket: Socket;
  readonly drain: Drain;
  /** What the gateway was asked, in order. */
  readonly asked: GatewayRequest[];
  /** Lets time pass for tokens: milliseconds. */
  passTime(ms: number): void;
  now(): number;
  /** Has the gateway be out of reach, or answer something else. */
  ask: AskGateway | undefined;
  /** Builds a socket that finds something of it changed. */
  socketWith(changed: {
    changes?: ChangeLog;
    subscriptions?: SubscriptionStore;
    push?: Push & Replay;
    startTimeout?: (ms: number) => AbortSignal;
  }): Socket;
  /** Builds a push that reaches other connections, or finds other rows. */
  pushWith(connections: Connections, rows?: SubscriptionStore): Push & Replay;
}

export interface SceneOptions {
  /** Of an engine without tables. */
  readonly dynamoDb: DynamoDBClient;
  /** What it costs to try a password; as deployed when left out. */
  readonly passwordCost?: PasswordCost;
}

/** Opens one, in the place of `scene` when that is given. Whoever opens it stops its `memopad`. */
export async function openLiveScene(
  { dynamoDb, ...given }: SceneOptions,
  scene = {} as LiveScene,
): Promise<LiveScene> {
  const tableNames = { auth: 'auth', memo: 'memo', live: 'live' };
  await createTable(dynamoDb, tableNames.auth, AUTH_TABLE);
  await createTable(dynamoDb, tableNames.memo, MEMO_TABLE);
  await createTable(dynamoDb, tableNames.live, LIVE_TABLE);
  let aheadMs = 0;
  const clock = () => Date.now() + aheadMs;
  const log = () => {};
  const issuer = await createTestIssuer(clock);
  const { url, signingKey } = issuer;
  const services = { issuer: url, signingKey, ...given };
  const options = { dynamoDb, tableNames, ...services, log, clock };
  const memopad = await composeMemopad(options);
  const table = { dynamoDb, tableName: tableNames.live };
  const subscriptions = createSubscriptionStore(table, clock);
  const changes = createChangeLog(table, clock);
  const connections = createFakeConnections();
  const askGateway = askGatewayOf(memopad, issuer, clock);
  const asked: GatewayRequest[] = [];
  const pushOptions: Omit<PushOptions, 'connections'> = {
    ...{ subscriptions, clock, log },
    askGateway: (request) => {
      asked.push(request);
      return (scene.ask ?? askGateway)(request);
    },
    makeRequestId: () => createUlid(clock(), randomBytes),
    wait: () => Promise.resolve(),
    random: Math.random,
  };
  const pushWith = (reached: Connections, rows: SubscriptionStore = subscriptions) =>
    createPush({ ...pushOptions, connections: reached, subscriptions: rows });
  const push = pushWith(connections);
  const members = createPadStore({ dynamoDb, tableName: tableNames.memo });
  const keys = async () => issuer.publicKey;
  const verify = createLastingVerifier({ issuer: url, keys, clock });
  const socketOptions = { subscriptions, changes, members, verify, push, clock, log };
  Object.assign(scene, {
    ...{ issuer, memopad, table, changes, subscriptions, connections, push, pushWith, asked },
    socket: createSocket(socketOptions),
    socketWith: (changed: object) => createSocket({ ...socketOptions, ...changed }),
    drain: createDrain({ changes, subscriptions, push }),
    now: clock,
    passTime: (ms: number) => {
      aheadMs += ms;
    },
  });
  return scene;
}

function askGatewayOf(memopad: Memopad, issuer: TestIssuer, clock: () => number): AskGateway {
  const { url, signingKey } = issuer;
  const issue = createWatchTokenIssuer({ issuer: url, signingKey, clock, randomBytes });
  const watchTokens = createWatchTokens({
    invoke: (payload) => issue((payload as { padId: string }).padId),
    clock,
  });
  const serve = serveHttpApi(memopad.gateway);
  return createGatewayByLambda({
    invoke: (event) => serve(event as Parameters<typeof serve>[0]),
    watchTokens,
  });
}

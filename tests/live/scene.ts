import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { serveHttpApi } from '#aws/httpApi.ts';
import { createWatchTokenIssuer } from '#domain/auth/issueWatchToken.ts';
import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';
import { createLastingVerifier } from '#domain/viewer/accessToken.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { AskGateway, GatewayRequest } from '#live/push/askGateway.ts';
import type { Connections } from '#live/push/connections.ts';
import { createPush, type PushOptions } from '#live/push/createPush.ts';
import { createGatewayByLambda } from '#live/push/gatewayByLambda.ts';
import type { Push, Replay } from '#live/push/push.ts';
import { createWatchTokens } from '#live/push/watchTokens.ts';
import { createSocket, type Socket } from '#live/socket/createSocket.ts';
import type { SocketAnswer } from '#live/socket/event.ts';
import { createDrain, type Drain } from '#live/stream/drain.ts';
import { createTable } from '#local/createTable.ts';
import { type Engine, startEngine } from '#local/engine.ts';
import { composeMemopad, type Memopad } from '#one-process/compose.ts';
import { createDynamoDb, type Table } from '#table/dynamoDb.ts';
import { type ChangeLogWrites, createChangeLog } from '#table/live/changeLogStore.ts';
import { createSubscriptionStore } from '#table/live/subscriptionStore.ts';
import type { SubscriptionStore } from '#table/live/subscriptions.ts';
import { createPadStore } from '#table/memo/padStore.ts';
import { AUTH_TABLE, LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { changeAt } from '#tests/support/changes.ts';
import { LOCAL_CREDENTIALS } from '#tests/support/engine.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';
import { createFakeConnections, type FakeConnections, type Frame } from './connections.ts';

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
  }): Socket;
  /** Builds a push that reaches other connections. */
  pushWith(connections: Connections): Push & Replay;
}

export function useLiveScene(): LiveScene {
  const scene = {} as { -readonly [Name in keyof LiveScene]: LiveScene[Name] };
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
    await setUp(scene, engine.endpoint);
  });
  afterAll(async () => {
    await scene.memopad.stop();
    await engine.stop();
  });
  return scene;
}

type Scene = { -readonly [Name in keyof LiveScene]: LiveScene[Name] };

async function setUp(scene: Scene, endpoint: string): Promise<void> {
  const dynamoDb = createDynamoDb({ endpoint, region: 'local', credentials: LOCAL_CREDENTIALS });
  const tableNames = { auth: 'auth', memo: 'memo', live: 'live' };
  await createTable(dynamoDb, tableNames.auth, AUTH_TABLE);
  await createTable(dynamoDb, tableNames.memo, MEMO_TABLE);
  await createTable(dynamoDb, tableNames.live, LIVE_TABLE);
  let aheadMs = 0;
  const clock = () => Date.now() + aheadMs;
  const log = () => {};
  const issuer = await createTestIssuer(clock);
  const { url, signingKey } = issuer;
  const options = { dynamoDb, tableNames, issuer: url, signingKey, log, clock };
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
  const pushWith = (reached: Connections) => createPush({ ...pushOptions, connections: reached });
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

/** Somebody with an access token, and a personal pad. */
export interface TestPerson {
  readonly userId: string;
  readonly authorization: string;
  ask(query: string, variables?: object): Promise<Record<string, unknown>>;
}

export const PASSWORD = 'correct horse battery staple';

export async function signUp(scene: LiveScene, displayName: string): Promise<TestPerson> {
  const email = `${createUlid(Date.now(), randomBytes)}@example.com`;
  const { signUp: payload } = await askAs(scene, undefined, SIGN_UP, {
    input: { email, displayName, password: PASSWORD },
  });
  const { accessToken, user } = payload as { accessToken: string; user: { id: string } };
  const authorization = `Bearer ${accessToken}`;
  return {
    userId: user.id,
    authorization,
    ask: (query, variables) => askAs(scene, authorization, query, variables),
  };
}

/** Somebody who never signed up but has a good token: enough for most. */
export async function givenPerson(scene: LiveScene): Promise<TestPerson> {
  const userId = createUlid(Date.now(), randomBytes);
  const sessionId = createUlid(Date.now(), randomBytes);
  const { token } = await scene.issuer.issue({ userId, sessionId });
  const authorization = `Bearer ${token}`;
  const ask = (query: string, variables?: object) => askAs(scene, authorization, query, variables);
  return { userId, authorization, ask };
}

const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken user { id } } }`;

async function askAs(
  { memopad }: LiveScene,
  authorization: string | undefined,
  query: string,
  variables: object = {},
): Promise<Record<string, unknown>> {
  const { body } = await memopad.gateway({
    ...{ method: 'POST', path: '/graphql', search: '', sourceIp: '127.0.0.1' },
    headers: {
      host: 'localhost',
      'content-type': 'application/json',
      ...(authorization && { authorization }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = JSON.parse(String(body));
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Makes a memo and logs it as the next change of its pad. */
export async function writeMemo(
  scene: LiveScene,
  person: TestPerson,
  input: object = {},
  given: Partial<LoggedChange> = {},
): Promise<string> {
  const whole = { title: 'Milk', body: 'and bread', ...input };
  const mutation = `mutation ($input: CreateMemoInput!) { createMemo(input: $input) { id } }`;
  const { createMemo } = await person.ask(mutation, { input: whole });
  const { id: memoId } = createMemo as { id: string };
  const padId = memoId.split('.')[0] ?? '';
  await logChange(scene, padId, { kind: 'CREATED', version: 1, memoId, ...given });
  return memoId;
}

/** Appends the next change, as the sequencer would. */
export async function logChange(
  { changes }: LiveScene,
  padId: string,
  given: Partial<LoggedChange> = {},
): Promise<number> {
  const { seq } = await changes.head(padId);
  const change = changeAt(padId, seq + 1, given);
  await changes.append(change);
  const { epoch, source: lastSource } = change;
  await changes.moveHead(padId, { epoch, seq: seq + 1, lastSource });
  return seq + 1;
}

export async function headOf({ changes }: LiveScene, padId: string): Promise<string> {
  return changeCursorOf(await changes.head(padId));
}

let connectionCount = 0;

/** A client's end: it speaks and remembers what it hears. */
export interface TestClient {
  readonly connectionId: string;
  /** What has arrived: what was posted, and what routes answered. */
  heard(): Frame[];
  send(message: object | string): Promise<SocketAnswer>;
}

export function connectClient(scene: LiveScene, socket: Socket = scene.socket): TestClient {
  connectionCount += 1;
  const connectionId = `C${connectionCount}=`;
  const send = async (message: object | string): Promise<SocketAnswer> => {
    const body = typeof message === 'string' ? message : JSON.stringify(message);
    const type = typeof message === 'string' ? '$default' : (message as { type: string }).type;
    const routeKey = ROUTES.includes(type) ? type : '$default';
    const answer = await socket({ requestContext: { routeKey, connectionId }, body });
    const isThere = !scene.connections.closed.includes(connectionId);
    if (answer.body && ANSWERING.includes(routeKey) && isThere) {
      scene.connections.frames(connectionId).push(JSON.parse(answer.body));
    }
    return answer;
  };
  return { connectionId, send, heard: () => scene.connections.frames(connectionId) };
}

const ROUTES = ['connection_init', 'subscribe', 'complete', 'ping', 'pong'];
/** As infra/ has it: the others are one-way. */
const ANSWERING = ['connection_init', 'ping', '$default'];

/** A client that was acknowledged. */
export async function initialisedClient(
  scene: LiveScene,
  { authorization }: TestPerson,
  socket?: Socket,
): Promise<TestClient> {
  const client = connectClient(scene, socket);
  await client.send({ type: 'connection_init', payload: { authorization } });
  return client;
}

export const WATCH = `subscription ($padId: ID!, $since: String) {
  memoChanges(padId: $padId, since: $since) {
    padId from to caughtUp reset
    changes { seq kind memoId version truncated memo { title body author { displayName } } }
  }
}`;

export async function watch(
  client: TestClient,
  variables: { padId: string; since?: string | null },
  query = WATCH,
  id = 'watch',
): Promise<void> {
  await client.send({ type: 'subscribe', id, payload: { query, variables } });
}

/** What `next` brought, one batch each, from the first frame of an operation on. */
export function batchesOf(client: TestClient, id = 'watch'): Batch[] {
  return client
    .heard()
    .filter((frame) => frame.type === 'next' && frame.id === id)
    .map(({ payload }) => (payload as { data: { memoChanges: Batch } }).data?.memoChanges);
}

export interface Batch {
  readonly padId: string;
  readonly from: string;
  readonly to: string;
  readonly caughtUp: boolean;
  readonly reset: boolean;
  readonly changes: readonly {
    readonly seq: number;
    readonly kind: string;
    readonly memoId: string | null;
    readonly truncated: boolean;
    readonly memo: { readonly title: string; readonly body: string; author: object } | null;
  }[];
}

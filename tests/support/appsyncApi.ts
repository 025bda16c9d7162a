import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import type { LogEntry } from '#domain/log.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import { createAppSyncApi, type RunningApi } from '#local/appsync/api.ts';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import type { Send } from '#local/appsync/dataSources/dynamoDb/send.ts';
import type { GraphQLAnswer } from '#local/appsync/execution/execute.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';
import { ACCOUNT } from '#local/cloud/account.ts';
import { createWireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { createTable } from '#local/createTable.ts';
import { createAuthService } from '#subgraphs/auth/server.ts';
import { createMemoService } from '#subgraphs/memo/server.ts';
import type { Table } from '#table/dynamoDb.ts';
import { AUTH_TABLE, LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { CHEAP, NO_THROTTLE, PASSWORD } from '#tests/domain/auth/useAuth.ts';
import { API_KEY, defineTestApi, makeTestSources, ROLE, sendAsAnybody } from './appsyncParts.ts';

import { useTable } from './engine.ts';
import { createTestIssuer, type TestIssuer } from './issuer.ts';
import type { Units } from './meterClient.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Somebody who asks the API. */
export interface AppSyncAsker {
  /** Runs an operation that shall succeed, and gives its data. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has asked for
  ask<Data = any>(document: string, variables?: Variables): Promise<Data>;
  /** Runs an operation that shall fail, and says how: `NOT_FOUND: Expected …`. */
  refused(document: string, variables?: Variables): Promise<string>;
  /** What the API answers, whatever it is. */
  answer(document: string, variables?: Variables): Promise<GraphQLAnswer>;
  /** Starts a subscription, without a socket. Rejects with `CODE: message` when it is refused. */
  subscribe(document: string, variables?: Variables): Promise<TestSubscription>;
}

export interface TestSubscription {
  /** The `data` (or, with errors, the whole payload) of each message so far. */
  readonly received: GraphQLAnswer[];
  /** Whether it was invalidated. */
  readonly ended: boolean;
  stop(): void;
}

export interface AppSyncPerson extends AppSyncAsker {
  readonly id: string;
  readonly token: string;
}

/** The AppSync API with all resolvers, on a real engine, in this process: without CDK, HTTP and sockets. */
export interface TestAppSync {
  readonly api: RunningApi;
  readonly memoTable: Table;
  readonly liveTable: Table;
  readonly authTable: Table;
  readonly issuer: TestIssuer;
  readonly logged: readonly LogEntry[];
  /** Milliseconds since 1970; tests may set it. Each look at the clock is a millisecond later. */
  nowMs: number;
  /** Somebody new with a token: nothing is written. */
  person(): Promise<AppSyncPerson>;
  /** Somebody new who has signed up through the API. */
  signUp(displayName?: string): Promise<AppSyncPerson>;
  /** Whoever has this access token. */
  holder(token: string): AppSyncAsker;
  /** Whoever has the API key. */
  readonly visitor: AppSyncAsker;
  /** The live service: it signs. */
  readonly service: AppSyncAsker;
  /** The memo and auth services of the federated door, over the same tables. */
  readonly subgraphs: { readonly auth: Subgraph; readonly memo: Subgraph };
  /** Runs before whatever DynamoDB is asked for through the API; what it throws is what DynamoDB says. */
  intervene: ((operation: string) => Promise<void>) | null;
  /** What DynamoDB is asked for through the API while an action runs: `['GetItem', 'Query']`. */
  callsOf(action: () => Promise<unknown>): Promise<string[]>;
  /** What DynamoDB says that an action has consumed through the API. */
  measure(action: () => Promise<unknown>): Promise<Units>;
}

const START = Date.parse('2026-01-31T09:30:00.000Z');
const SOURCE_IP = '127.0.0.1';

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** Starts the API before the file's tests and stops it after them. */
export function useAppSyncApi(): TestAppSync {
  const memo = useTable(MEMO_TABLE);
  const logged: LogEntry[] = [];
  const calls: Call[] = [];
  const test = { logged, nowMs: START, intervene: null } as unknown as Writable<TestAppSync>;
  const clock = (): number => {
    test.nowMs += 1;
    return test.nowMs;
  };
  const listening =
    (send: Send): Send =>
    async (operation, input) => {
      await test.intervene?.(operation);
      return send(operation, input);
    };
  const closing: (() => void)[] = [];
  beforeAll(async () => {
    const issuer = await createTestIssuer(clock);
    const liveTable = { dynamoDb: memo.dynamoDb, tableName: 'live' };
    const authTable = { dynamoDb: memo.dynamoDb, tableName: 'auth' };
    await createTable(memo.dynamoDb, liveTable.tableName, LIVE_TABLE);
    await createTable(memo.dynamoDb, authTable.tableName, AUTH_TABLE);
    const log = (entry: LogEntry): void => void logged.push(entry);
    const tables = { memo: memo.tableName, live: liveTable.tableName };
    const common = { verify: issuer.verify, clock, log };
    const auth = createAuthService({
      ...common,
      table: authTable,
      issuer: issuer.url,
      signingKey: issuer.signingKey,
      throttle: NO_THROTTLE,
      passwordCost: CHEAP,
    });
    const memoService = createMemoService({
      ...common,
      table: memo,
      liveTable,
      inviteUrl: (secret) => `https://memopad.example/join#${secret}`,
    });
    const wire = createWireClient({ endpoint: memo.endpoint });
    closing.push(wire.close);
    const api = createAppSyncApi({
      api: await defineTestApi(issuer.url, tables),
      dataSources: makeTestSources(
        tables,
        meter(listening(sendAsAnybody(wire)), calls),
        auth.subgraph,
      ),
      sandbox: createSandbox({ clock, randomBytes, log }),
      verifyIam: () => ({ principal: '', statements: [] }),
      loadKeys: async () => ({ keys: [...issuer.signingKey.published] }),
      clock,
      log,
    });
    const subgraphs = { auth: auth.subgraph, memo: memoService.subgraph };
    Object.assign(test, { api, issuer, memoTable: memo, liveTable, authTable, subgraphs });
    Object.assign(test, makeAskers(test));
  });
  afterAll(() => {
    for (const close of closing) close();
  });
  return Object.assign(test, makeMeters(calls));
}

interface Call {
  readonly operation: string;
  readonly units: number;
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

function meter(send: Send, calls: Call[]): Send {
  return async (operation, input) => {
    const answer = await send(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' });
    const consumed = [answer.ConsumedCapacity ?? []].flat() as { CapacityUnits?: number }[];
    const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    calls.push({ operation, units });
    return answer;
  };
}

function makeMeters(calls: Call[]): Pick<TestAppSync, 'callsOf' | 'measure'> {
  const record = async (action: () => Promise<unknown>): Promise<Call[]> => {
    calls.length = 0;
    await action();
    return calls.splice(0);
  };
  return {
    callsOf: async (action) => (await record(action)).map(({ operation }) => operation),
    async measure(action) {
      const units: Units = { read: 0, write: 0 };
      for (const call of await record(action)) {
        units[READS.has(call.operation) ? 'read' : 'write'] += call.units;
      }
      return units;
    },
  };
}

const SIGN_UP = `mutation ($input: SignUpInput!) {
  signUp(input: $input) { user { id } accessToken }
}`;

type Askers = Pick<TestAppSync, 'person' | 'signUp' | 'holder' | 'visitor' | 'service'>;

function makeAskers(test: TestAppSync): Askers {
  const { api, issuer } = test;
  const byHeaders = (headers: Record<string, string>) =>
    createAsker(api, headers, () =>
      api.identify({ method: 'POST', path: '/graphql', headers, body: Buffer.of() }, SOURCE_IP),
    );
  const holder = (token: string) => byHeaders({ authorization: `Bearer ${token}` });
  const visitor = byHeaders({ 'x-api-key': API_KEY });
  return {
    holder,
    visitor,
    service: createAsker(api, {}, async () => SERVICE),
    async person() {
      const id = createUlid(test.nowMs, randomBytes);
      const sessionId = createUlid(test.nowMs, randomBytes);
      const { token } = await issuer.issue({ userId: id, sessionId });
      return { id, token, ...holder(token) };
    },
    async signUp(displayName = '박미나') {
      const email = `${createUlid(test.nowMs, randomBytes).toLowerCase()}@example.com`;
      const input = { email, password: PASSWORD, displayName };
      const { signUp } = await visitor.ask(SIGN_UP, { input });
      const { user, accessToken: token } = signUp;
      return { id: user.id, token, ...holder(token) };
    },
  };
}

/** A function of ours whose role may publish. */
const SERVICE: AppSyncCaller = {
  mode: 'AWS_IAM',
  identity: { accountId: ACCOUNT, userArn: ROLE, username: 'test', sourceIp: [SOURCE_IP] },
  mayCall: (typeName) => typeName === 'Mutation',
};

function createAsker(
  api: RunningApi,
  headers: Readonly<Record<string, string>>,
  identify: () => Promise<AppSyncCaller>,
): AppSyncAsker {
  const asking = async () => ({
    caller: await identify(),
    facts: {
      headers: {
        ...headers,
        'x-forwarded-for': `${SOURCE_IP}, ${SOURCE_IP}`,
        'user-agent': 'a test',
      },
    },
  });
  const answer: AppSyncAsker['answer'] = async (query, variables) =>
    (await api.execute({ query, variables }, await asking())).answer;
  return {
    answer,
    async ask(document, variables) {
      const { data, errors } = await answer(document, variables);
      if (errors) throw new Error(`Expected an answer without errors, got ${tell({ errors })}`);
      return data as never;
    },
    async refused(document, variables) {
      const { errors, data } = await answer(document, variables);
      if (!errors) throw new Error(`Expected a refusal, got ${JSON.stringify(data)}`);
      return tell({ errors });
    },
    async subscribe(query, variables) {
      const received: GraphQLAnswer[] = [];
      const state = { received, ended: false, stop: () => {} };
      const started = await api.subscribe({ query, variables }, await asking(), {
        deliver: (payload) => void received.push(payload),
        end: () => {
          state.ended = true;
        },
      });
      if (started.kind === 'REFUSED') throw new Error(tell(started));
      return Object.assign(state, { stop: started.stop });
    },
  };
}

function tell({ errors }: Pick<GraphQLAnswer, 'errors'>): string {
  return (errors ?? [])
    .map(({ errorType, message }) => `${errorType ?? 'none'}: ${message}`)
    .join('; ');
}

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import type { LogEntry } from '#domain/log.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { createAppSyncApi, type RunningApi } from '#local/appsync/api.ts';
import type { Send } from '#local/appsync/dataSources/dynamoDb/send.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';
import { createWireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { createTable } from '#local/createTable.ts';
import { createAuthService } from '#subgraphs/auth/server.ts';
import { createMemoService } from '#subgraphs/memo/server.ts';
import type { Table } from '#table/dynamoDb.ts';
import { AUTH_TABLE, LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { CHEAP, NO_THROTTLE } from '#tests/domain/auth/useAuth.ts';
import { type AppSyncPeople, makePeople } from './appsyncAsker.ts';
import { type Call, type Meters, makeMeters, meter } from './appsyncMeter.ts';
import { defineTestApi, makeTestSources, sendAsAnybody } from './appsyncParts.ts';
import { useTable } from './engine.ts';
import { createTestIssuer, type TestIssuer } from './issuer.ts';

/** The AppSync API with all resolvers, on a real engine, in this process: without CDK, HTTP and sockets. */
export interface TestAppSync extends AppSyncPeople, Meters {
  readonly api: RunningApi;
  readonly memoTable: Table;
  readonly liveTable: Table;
  readonly authTable: Table;
  readonly issuer: TestIssuer;
  readonly logged: readonly LogEntry[];
  /** Milliseconds since 1970; tests may set it. Each look at the clock is a millisecond later. */
  nowMs: number;
  /** The memo and auth services of the federated door, over the same tables. */
  readonly subgraphs: { readonly auth: Subgraph; readonly memo: Subgraph };
  /** Runs before whatever DynamoDB is asked for through the API; what it throws is what DynamoDB says. */
  intervene: ((operation: string) => Promise<void>) | null;
}

const START = Date.parse('2026-01-31T09:30:00.000Z');

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
    Object.assign(test, makePeople(test));
  });
  afterAll(() => {
    for (const close of closing) close();
  });
  return Object.assign(test, makeMeters(calls));
}

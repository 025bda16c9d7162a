import { randomBytes } from 'node:crypto';
import { beforeAll } from '@jest/globals';
import type { LogEntry } from '#domain/log.ts';
import type { Subgraph, SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import { createUlid } from '#domain/viewer/ulid.ts';
import type { Viewer, Watch } from '#domain/viewer/viewer.ts';
import { createTable } from '#local/createTable.ts';
import { createMemoService } from '#subgraphs/memo/server.ts';
import type { Table } from '#table/dynamoDb.ts';
import { LIVE_TABLE, MEMO_TABLE } from '#table/tables.ts';
import { type TestTable, useTable } from '#tests/support/engine.ts';

/** Who may be asked about pads: this service, or another door to the same. */
export interface PadDoor {
  /** Somebody new, with a token. */
  person(): Person;
  /** Moves the service's clock ahead. */
  advance(milliseconds: number): void;
  /** How what is no date and time is refused. */
  readonly noTime: RegExp;
}

/** The memo service on a real engine, asked as the gateway asks it. */
export interface TestService extends PadDoor {
  readonly table: TestTable;
  readonly logged: readonly LogEntry[];
  /** The change logs that the service reads. */
  readonly liveTable: Table;
  /** The live service, with a watch token for a pad. */
  watcher(padId: string): Asker;
  /** Somebody without a token. */
  readonly nobody: Asker;
  /** What the service asks DynamoDB for while an action runs: `['GetItem', 'Query']`. */
  callsOf(action: () => Promise<unknown>): Promise<string[]>;
}

export interface Asker {
  /** Runs an operation that shall succeed, and gives its data. */
  ask<Data>(query: string, variables?: Variables): Promise<Data>;
  /** Runs an operation that shall fail, and says how: `NOT_FOUND: Expected …`. */
  refused(query: string, variables?: Variables): Promise<string>;
}

export interface Person extends Asker {
  readonly id: string;
}

export type Variables = Readonly<Record<string, unknown>>;

const LIVE_TABLE_NAME = 'live';
const WATCH = 'watch ';
const START = Date.parse('2026-01-31T09:30:00.000Z');

/** Starts the service for the tests of one file. An `Authorization` header here is a user's id. */
export function useMemoService(): TestService {
  const table = useTable(MEMO_TABLE);
  const logged: LogEntry[] = [];
  let now = START;
  // A millisecond later at each look, so that what happens later also is later.
  const clock = () => {
    now += 1;
    return now;
  };
  let subgraph: Subgraph;
  const calls: string[] = [];
  const send = (...given: Parameters<Table['dynamoDb']['send']>) => {
    calls.push(given[0].constructor.name.replace('Command', ''));
    return table.dynamoDb.send(...given);
  };
  beforeAll(async () => {
    await createTable(table.dynamoDb, LIVE_TABLE_NAME, LIVE_TABLE);
    const service = createMemoService({
      table: { dynamoDb: { send } as Table['dynamoDb'], tableName: table.tableName },
      liveTable: { dynamoDb: { send } as Table['dynamoDb'], tableName: LIVE_TABLE_NAME },
      verify: async (authorization) => readCaller(authorization, now),
      inviteUrl: (secret) => `https://memopad.example/join#${secret}`,
      clock,
      log: (entry) => logged.push(entry),
    });
    subgraph = service.subgraph;
  });
  const asker = (authorization?: string) =>
    createAsker((request) => subgraph(request), authorization);
  return {
    table,
    logged,
    person: () => {
      const id = createUlid(clock(), randomBytes);
      return { id, ...asker(id) };
    },
    nobody: asker(),
    watcher: (padId) => asker(`${WATCH}${padId}`),
    liveTable: {
      get dynamoDb() {
        return table.dynamoDb;
      },
      tableName: LIVE_TABLE_NAME,
    },
    noTime: /^BAD_USER_INPUT: .*Expected a date and time/,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    callsOf: async (action) => {
      calls.length = 0;
      await action();
      return calls.splice(0);
    },
  };
}

/** A header is a user's id, or a watched pad's. */
function readCaller(authorization: string | undefined, now: number): Viewer | Watch | null {
  if (!authorization) return null;
  if (authorization.startsWith(WATCH)) return { watchedPadId: authorization.slice(WATCH.length) };
  return { userId: authorization, sessionId: createUlid(now, randomBytes) };
}

function createAsker(subgraph: Subgraph, authorization: string | undefined): Asker {
  const client = { sourceIp: '127.0.0.1' };
  const run = (query: string, variables?: Variables) =>
    subgraph({ query, variables, authorization, client, requestId: 'test' });
  return {
    ask: async <Data>(query: string, variables?: Variables) =>
      dataOf(await run(query, variables)) as Data,
    refused: async (query, variables) => refusalOf(await run(query, variables)),
  };
}

function dataOf({ data, errors }: SubgraphResponse): unknown {
  if (errors) throw new Error(`Expected data, got ${JSON.stringify(errors)}.`);
  // graphql-js makes objects without a prototype, which toEqual tells from plain ones.
  return JSON.parse(JSON.stringify(data));
}

function refusalOf({ data, errors }: SubgraphResponse): string {
  const [error, ...others] = errors ?? [];
  if (!error || others.length > 0)
    throw new Error(`Expected one error, got ${JSON.stringify({ data, errors })}.`);
  return `${error.extensions?.code}: ${error.message}`;
}

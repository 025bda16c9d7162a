import { randomBytes } from 'node:crypto';
import type { LogEntry } from '#domain/log.ts';
import { type AppSyncApiOptions, createAppSyncApi, type RunningApi } from '#local/appsync/api.ts';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import type { DataSource } from '#local/appsync/dataSources/dataSource.ts';
import type { AppSyncApi, ResolverDefinition } from '#local/appsync/definition.ts';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';

/** Gives a request's payload back, as AppSync's data source NONE does. */
const ECHO: DataSource = {
  run: async (request) => ({ result: (request as { payload?: unknown })?.payload ?? null }),
};

export interface TestApiOptions extends Partial<Omit<AppSyncApi, 'resolvers' | 'functions'>> {
  /** By `Type.field`: the code of a unit resolver, or the steps of a pipeline. */
  readonly code?: Readonly<Record<string, string | readonly string[]>>;
  readonly sources?: Readonly<Record<string, DataSource>>;
  readonly maxBatchSize?: number;
  readonly options?: Partial<AppSyncApiOptions>;
}

export interface TestApi extends RunningApi {
  readonly logged: LogEntry[];
}

export const API_KEY = 'da2-key';
export const VISITOR: AppSyncCaller = { mode: 'API_KEY', identity: null };
export const FACTS = { headers: { 'user-agent': 'a test' }, requestId: 'request 1' };

const PASS_ON = `export function request() { return {}; }
export function response(ctx) { return ctx.prev.result; }`;

/** A made-up API: resolvers whose code the test tells, over a data source that echoes unless it is told otherwise. */
export function createTestApi(told: TestApiOptions): TestApi {
  const { code = {}, sources = { source: ECHO }, maxBatchSize, options, ...definition } = told;
  const logged: LogEntry[] = [];
  const log = (entry: LogEntry): void => void logged.push(entry);
  const clock = options?.clock ?? Date.now;
  const [dataSource = 'source'] = Object.keys(sources);
  const batch = maxBatchSize === undefined ? {} : { maxBatchSize };
  const functions: Record<string, AppSyncApi['functions'][string]> = {};
  const resolvers = Object.entries(code).map(([name, text]): ResolverDefinition => {
    const [typeName = '', fieldName = ''] = name.split('.');
    const field = { typeName, fieldName };
    if (typeof text === 'string') {
      return { ...field, kind: 'UNIT', dataSource, code: text, ...batch };
    }
    const ids = text.map((step, at) => {
      const id = `${name}.${at}`;
      functions[id] = { name: id, dataSource, code: step, ...batch };
      return id;
    });
    return { ...field, kind: 'PIPELINE', code: PASS_ON, functions: ids };
  });
  const api: AppSyncApi = { ...EMPTY, ...definition, resolvers, functions };
  const running = createAppSyncApi({
    api,
    dataSources: sources,
    sandbox: createSandbox({ clock, randomBytes, log }),
    verifyIam: () => ({ principal: '', statements: [] }),
    clock,
    log,
    ...options,
  });
  return { ...running, logged };
}

const EMPTY = {
  apiId: 'api',
  arn: 'arn:aws:appsync:ap-northeast-2:000000000000:apis/api',
  name: 'api',
  schema: 'type Query { note: String }',
  authModes: [{ type: 'API_KEY' }],
  apiKeys: [{ key: API_KEY, expiresAt: 4_102_444_800 }],
  dataSources: {},
  environment: {},
  queryDepthLimit: null,
  resolverCountLimit: null,
  introspection: true,
} satisfies Partial<AppSyncApi>;

/** Runs an operation and gives the body of its answer. */
export async function ask(
  api: RunningApi,
  query: string,
  {
    variables,
    caller = VISITOR,
  }: { variables?: Record<string, unknown>; caller?: AppSyncCaller } = {},
) {
  const { answer } = await api.execute({ query, variables }, { caller, facts: FACTS });
  // As a client sees it.
  return JSON.parse(JSON.stringify(answer));
}

import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { VerifyIam } from './auth/iam.ts';
import { createIdentify, type Identify } from './auth/identify.ts';
import { type LoadKeys, loadPublishedKeys } from './auth/token.ts';
import type { DataSource } from './dataSources/dataSource.ts';
import type { AppSyncApi } from './definition.ts';
import { type Asking, createExecutor, type Executed } from './execution/execute.ts';
import type { GraphQLRequest } from './execution/prepare.ts';
import { loadResolvers } from './execution/resolver.ts';
import { readSchema } from './execution/schema.ts';
import { publishResults } from './realtime/publish.ts';
import { createSubscribe, type Subscribe } from './realtime/subscribe.ts';
import { createSubscriptions } from './realtime/subscriptions.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export interface AppSyncApiOptions {
  readonly api: AppSyncApi;
  /** By the names resolvers use, each with its role's policies applied. */
  readonly dataSources: Readonly<Record<string, DataSource>>;
  readonly sandbox: Pick<Sandbox, 'load'>;
  /** Whose a signature is: of requests by IAM. */
  readonly verifyIam: VerifyIam;
  /** What the issuer publishes when left out. */
  readonly loadKeys?: LoadKeys | undefined;
  readonly clock: Clock;
  /** Gets what AppSync would keep from clients. */
  readonly log: Log;
  /** How long an operation may take, in milliseconds; 30_000 by default. */
  readonly withinMs?: number | undefined;
}

/** One AppSync API without its server: see `http/` and `realtime/` for that. */
export interface RunningApi {
  readonly definition: AppSyncApi;
  readonly identify: Identify;
  /** Executes a query or a mutation, and tells subscribers of the mutation's results. */
  execute(request: GraphQLRequest, asking: Asking): Promise<Executed>;
  readonly subscribe: Subscribe;
  /** Has resolvers run this definition's code from now on. @throws StartError or CodeError, and then nothing changes */
  replace(api: AppSyncApi): void;
  readonly clock: Clock;
  readonly log: Log;
}

/** @throws StartError or CodeError for a definition that can't be run */
export function createAppSyncApi(options: AppSyncApiOptions): RunningApi {
  const { api, clock, log, verifyIam, loadKeys = loadPublishedKeys, withinMs } = options;
  const [defaultMode] = api.authModes;
  if (!defaultMode) throw new Error('Expected an AppSync API to have an authorization mode.');
  const schema = readSchema(api.schema, defaultMode.type);
  let resolvers = loadResolvers(options);
  const resolverOf = (field: string) => resolvers.get(field);
  const executor = createExecutor({ api, read: schema, resolverOf, log, withinMs });
  const subscriptions = createSubscriptions();
  return {
    definition: api,
    identify: createIdentify({ api, verifyIam, loadKeys, clock }),
    subscribe: createSubscribe({ executor, schema, subscriptions, log }),
    clock,
    log,
    replace(edited) {
      resolvers = loadResolvers({ ...options, api: edited });
    },
    async execute(request, asking) {
      const ready = executor.prepare(request);
      if (ready.kind === 'REFUSED') return refused(ready.errors);
      if (ready.operation.operation === 'subscription') return refused([NO_SUBSCRIPTION]);
      const executed = await executor.execute(ready, request.variables, asking);
      publishResults({ subscriptions, schema }, ready, executed);
      return executed;
    },
  };
}

const refused = (errors: Executed['answer']['errors']): Executed => ({
  answer: { data: null, ...(errors && { errors }) },
  extensions: [],
  headers: {},
});

const NO_SUBSCRIPTION = {
  path: null,
  locations: null,
  message: 'Subscriptions are served over the real-time endpoint.',
  errorType: 'UnsupportedOperation',
};

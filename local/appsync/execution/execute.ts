import { execute as executeDocument, type GraphQLFieldResolver } from 'graphql';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import type { AppSyncApi } from '#local/appsync/definition.ts';
import { FieldError, notAuthorized } from './fieldError.ts';
import { EXECUTION_WITHIN_MS, MAX_RESOLVERS } from './limits.ts';
import { type GraphQLRequest, type Prepared, prepare, type Ready } from './prepare.ts';
import { type AppSyncError, describeError, describeProblem } from './problems.ts';
import { resolveField } from './resolveField.ts';
import type { Resolver } from './resolver.ts';
import type { RequestFacts, Run } from './run.ts';
import type { AppSyncSchema } from './schema.ts';

/** The body of an answer. */
export interface GraphQLAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AppSyncError[];
}

/** An answer and what else its resolvers did. */
export interface Executed extends Pick<Run, 'extensions' | 'headers'> {
  readonly answer: GraphQLAnswer;
}

export interface Executor {
  prepare(request: GraphQLRequest): Prepared;
  execute(ready: Ready, variables: GraphQLRequest['variables'], who: Asking): Promise<Executed>;
}

/** Who asks, and how. */
export interface Asking {
  readonly caller: AppSyncCaller;
  readonly facts: RequestFacts;
}

export interface ExecutorOptions {
  readonly api: AppSyncApi;
  readonly read: AppSyncSchema;
  /** By `<Type>.<field>`. */
  readonly resolvers: ReadonlyMap<string, Resolver>;
  /** In milliseconds, 30_000 by default. */
  readonly withinMs?: number | undefined;
}

export function createExecutor(options: ExecutorOptions): Executor {
  const { api, read, withinMs = EXECUTION_WITHIN_MS } = options;
  const { schema } = read;
  const fieldResolver = createFieldResolver(options);
  return {
    prepare: (request) => prepare(request, read, api),
    async execute({ document, operation }, variableValues, { caller, facts }) {
      const run = startRun({ caller, facts }, api.resolverCountLimit ?? MAX_RESOLVERS);
      const executing = executeDocument({
        schema,
        document,
        operationName: operation.name?.value,
        variableValues,
        contextValue: run,
        fieldResolver,
      });
      const result = await withTimeout(Promise.resolve(executing), withinMs);
      const { extensions, headers } = run;
      if (result === TIMED_OUT) return { answer: TOO_LATE, extensions, headers };
      const errors = [
        ...run.appended.map(describeProblem),
        ...(result.errors ?? []).map((error) => describeError(error, schema)),
      ];
      const answer = { data: result.data ?? null, ...(errors.length > 0 && { errors }) };
      return { answer, extensions, headers };
    },
  };
}

function createFieldResolver(options: ExecutorOptions): GraphQLFieldResolver<unknown, Run> {
  const { api, read, resolvers } = options;
  const roots = new Set([
    read.schema.getQueryType()?.name,
    read.schema.getMutationType()?.name,
    read.schema.getSubscriptionType()?.name,
  ]);
  return (source, args, run, info) => {
    const { fieldName, parentType } = info;
    const { caller } = run;
    const mayCall = !roots.has(parentType.name) || !caller.mayCall;
    const isOpen = read.isOpenTo(caller.mode, parentType.name, fieldName);
    if (!isOpen || !(mayCall || caller.mayCall?.(parentType.name, fieldName))) {
      throw notAuthorized(parentType.name, fieldName);
    }
    const resolver = resolvers.get(`${parentType.name}.${fieldName}`);
    if (!resolver) return readMember(source, fieldName);
    return resolveField(resolver, { source, args, info, run, environment: api.environment });
  };
}

/** A field without a resolver is a member of what its parent was resolved to. */
export function readMember(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) return null;
  return (source as Readonly<Record<string, unknown>>)[name] ?? null;
}

function startRun({ caller, facts }: Asking, maxResolvers: number): Run {
  let resolvers = 0;
  return {
    caller,
    facts,
    appended: [],
    extensions: [],
    headers: {},
    batches: new WeakMap(),
    countResolver() {
      resolvers += 1;
      if (resolvers <= maxResolvers) return;
      throw new FieldError({
        message: `Resolver invocation limit reached. The maximum allowed is ${maxResolvers}.`,
        errorType: 'ResolverExecutionLimitReached',
      });
    },
  };
}

const TIMED_OUT = Symbol('timed out');

const TOO_LATE: GraphQLAnswer = {
  data: null,
  errors: [
    describeProblem({
      message: 'Execution timed out.',
      errorType: 'ExecutionTimeout',
      path: [],
      locations: [],
    }),
  ],
};

async function withTimeout<Value>(
  value: Promise<Value>,
  withinMs: number,
): Promise<Value | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(resolve, withinMs, TIMED_OUT);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}

import {
  type ExecutionResult,
  execute as executeDocument,
  executeSync,
  type GraphQLSchema,
} from 'graphql';
import type { Log } from '#domain/log.ts';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import { FieldError } from './fieldError.ts';
import { createDelivery, createFieldResolver, type FieldResolverOptions } from './fieldResolver.ts';
import { EXECUTION_WITHIN_MS, MAX_RESOLVERS } from './limits.ts';
import { logErrors } from './logErrors.ts';
import { type GraphQLRequest, type Prepared, prepare, type Ready } from './prepare.ts';
import { type AppSyncError, describeError, describeProblem } from './problems.ts';
import type { RequestFacts, Run } from './run.ts';

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
  execute(ready: Ready, variables: GraphQLRequest['variables'], asking: Asking): Promise<Executed>;
  /** Selects what a subscriber wants of what a mutation has answered: no resolver runs. */
  deliver(
    ready: Ready,
    variables: GraphQLRequest['variables'],
    asking: Asking,
    result: Readonly<Record<string, unknown>>,
  ): GraphQLAnswer;
}

/** Who asks, and how. */
export interface Asking {
  readonly caller: AppSyncCaller;
  readonly facts: RequestFacts;
}

export interface ExecutorOptions extends FieldResolverOptions {
  /** Gets what clients aren't told. */
  readonly log: Log;
  /** In milliseconds, 30_000 by default. */
  readonly withinMs?: number | undefined;
}

export function createExecutor(options: ExecutorOptions): Executor {
  const { api, read, log, withinMs = EXECUTION_WITHIN_MS } = options;
  const { schema } = read;
  const fieldResolver = createFieldResolver(options);
  const deliverField = createDelivery(read);
  return {
    prepare: (request) => prepare(request, read, api),
    deliver({ document, operation }, variableValues, asking, rootValue) {
      const result = executeSync({
        schema,
        document,
        rootValue,
        operationName: operation.name?.value,
        variableValues,
        contextValue: asking.caller,
        fieldResolver: deliverField,
      });
      return writeAnswer(result, [], schema);
    },
    async execute({ document, operation }, variableValues, asking) {
      const run = startRun(asking, log, api.resolverCountLimit ?? MAX_RESOLVERS);
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
      logErrors(result.errors ?? [], run);
      const answer = writeAnswer(result, run.appended, schema);
      return { answer, extensions, headers };
    },
  };
}

function writeAnswer(
  { data, errors = [] }: ExecutionResult,
  appended: Run['appended'],
  schema: GraphQLSchema,
): GraphQLAnswer {
  const all = [
    ...appended.map(describeProblem),
    ...errors.map((error) => describeError(error, schema)),
  ];
  return { data: data ?? null, ...(all.length > 0 && { errors: all }) };
}

function startRun({ caller, facts }: Asking, log: Log, maxResolvers: number): Run {
  let resolvers = 0;
  return {
    caller,
    facts,
    log,
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

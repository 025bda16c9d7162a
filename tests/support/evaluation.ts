import { AppSyncClient, EvaluateCodeCommand } from '@aws-sdk/client-appsync';
import { afterAll, beforeAll } from '@jest/globals';
import { readResolvers } from '#scripts/resolvers/readResolvers.js';
import { type Evaluator, startEvaluator } from './evaluator.ts';

/** What EvaluateCode says of one handler, its texts read. */
export interface Evaluated {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has asked for
  readonly result: any;
  readonly error: string | undefined;
  /** `LINT_ERROR: while: use for-of`. */
  readonly codeErrors: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it has asked for
  readonly stash: any;
  readonly logs: readonly string[];
}

export type Handler = 'request' | 'response';

/** EvaluateCode, on this machine or, by `npm run test:aws`, on AWS. */
export interface Evaluation {
  /** What a text of a module does. */
  evaluate(code: string, handler: Handler, context?: object): Promise<Evaluated>;
  /** A resolver of the folder, of one step or of several: `Query.memo`. */
  resolver(field: string): Run;
  /** One step of a pipeline's, from 0. */
  step(field: string, index: number): Run;
  /** All codes of the folder, by the name of a resolver or function. */
  codes(): Promise<ReadonlyMap<string, string>>;
}

export type Run = (handler: Handler, context?: object) => Promise<Evaluated>;

const RUNTIME = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' } as const;

/** Whether the tests ask AWS: see scripts/test-aws.js. */
export const IS_ON_AWS = process.env.MEMOPAD_EVALUATE === 'aws';

/** Connects before the file's tests and disconnects after them. */
export function useEvaluation(): Evaluation {
  let client: AppSyncClient | undefined;
  let evaluator: Evaluator | undefined;
  beforeAll(async () => {
    if (!IS_ON_AWS) evaluator = await startEvaluator();
    // AWS's own settings: the region, the profile.
    client = evaluator?.client ?? new AppSyncClient({ maxAttempts: 8 });
  });
  afterAll(async () => {
    client?.destroy();
    await evaluator?.stop();
  });
  const evaluate: Evaluation['evaluate'] = async (code, handler, context = {}) => {
    const text = JSON.stringify({ arguments: {}, stash: {}, ...context });
    const input = { runtime: RUNTIME, code, context: text, function: handler };
    const answer = await client?.send(new EvaluateCodeCommand(input));
    return read(answer ?? {});
  };
  return { evaluate, ...useFolder(evaluate) };
}

/** The folder is bundled once, when somebody asks for it. */
function useFolder(evaluate: Evaluation['evaluate']): Omit<Evaluation, 'evaluate'> {
  let reading: ReturnType<typeof readResolvers> | undefined;
  const folder = () => {
    reading ??= readResolvers();
    return reading;
  };
  const resolverOf = async (field: string) => {
    const { resolvers } = await folder();
    const resolver = resolvers.find((one) => `${one.typeName}.${one.fieldName}` === field);
    if (!resolver) throw new Error(`Expected a resolver of ${field}.`);
    return resolver;
  };
  return {
    resolver: (field) => async (handler, context) =>
      evaluate((await resolverOf(field)).code, handler, context),
    step: (field, index) => async (handler, context) => {
      const resolver = await resolverOf(field);
      const { functions } = await folder();
      const name = resolver.kind === 'PIPELINE' ? resolver.functions[index] : undefined;
      const code = functions[name ?? '']?.code;
      if (code === undefined) throw new Error(`Expected step ${index} of ${field}.`);
      return evaluate(code, handler, context);
    },
    async codes() {
      const { resolvers, functions } = await folder();
      return new Map([
        ...resolvers.map((one) => [`${one.typeName}.${one.fieldName}`, one.code] as const),
        ...Object.entries(functions).map(([name, { code }]) => [name, code] as const),
      ]);
    },
  };
}

function read(answer: {
  evaluationResult?: string | undefined;
  stash?: string | undefined;
  logs?: string[] | undefined;
  error?:
    | {
        message?: string | undefined;
        codeErrors?: { errorType?: string | undefined; value?: string | undefined }[] | undefined;
      }
    | undefined;
}): Evaluated {
  const { evaluationResult, stash, logs = [], error } = answer;
  const codeErrors = error?.codeErrors ?? [];
  return {
    result: evaluationResult === undefined ? undefined : JSON.parse(evaluationResult),
    error: error?.message,
    codeErrors: codeErrors.map(({ errorType, value }) => `${errorType}: ${value}`),
    stash: stash === undefined ? undefined : JSON.parse(stash),
    logs,
  };
}

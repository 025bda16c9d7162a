import type { DataSource, DataSourceOutcome } from '#local/appsync/dataSources/dataSource.ts';
import type { AppSyncApi, ResolverDefinition } from '#local/appsync/definition.ts';
import type { Handlers, Sandbox } from '#local/appsync/sandbox/sandbox.ts';
import { StartError } from '#local/startError.ts';

/** One call of a data source, with the code around it. */
export interface Step {
  /** Of its function; undefined in a unit resolver. */
  readonly name: string | undefined;
  /** Null: a direct Lambda resolver. */
  readonly handlers: Handlers | null;
  readonly dataSource: string;
  readonly run: (request: unknown) => Promise<DataSourceOutcome>;
  readonly runBatch:
    | ((requests: readonly unknown[]) => Promise<readonly DataSourceOutcome[]>)
    | undefined;
  /** How many calls of fields may become one; 0: none. */
  readonly maxBatchSize: number;
}

/** What a field is resolved by. */
export type Resolver =
  | { readonly kind: 'UNIT'; readonly step: Step }
  | { readonly kind: 'PIPELINE'; readonly around: Handlers; readonly steps: readonly Step[] };

export interface ResolverParts {
  readonly api: AppSyncApi;
  readonly dataSources: Readonly<Record<string, DataSource>>;
  readonly sandbox: Pick<Sandbox, 'load'>;
}

/** Loads the code of all resolvers, by `<Type>.<field>`. @throws StartError naming what a resolver misses */
export function loadResolvers(parts: ResolverParts): ReadonlyMap<string, Resolver> {
  const { api, sandbox } = parts;
  const loaded = new Map<string, Handlers>();
  const load = (code: string): Handlers => {
    const handlers = loaded.get(code) ?? sandbox.load(code);
    loaded.set(code, handlers);
    return handlers;
  };
  const steps = new Map<string, Step>();
  for (const [id, { name, code, ...rest }] of Object.entries(api.functions)) {
    steps.set(id, makeStep(parts, { ...rest, name, handlers: load(code) }));
  }
  const entries = api.resolvers.map((definition): [string, Resolver] => {
    const name = `${definition.typeName}.${definition.fieldName}`;
    return [name, makeResolver(definition, { parts, load, steps })];
  });
  return new Map(entries);
}

interface Loading {
  readonly parts: ResolverParts;
  readonly load: (code: string) => Handlers;
  readonly steps: ReadonlyMap<string, Step>;
}

function makeResolver(definition: ResolverDefinition, { parts, load, steps }: Loading): Resolver {
  if (definition.kind === 'UNIT') {
    const { code, dataSource, maxBatchSize } = definition;
    const handlers = code === null ? null : load(code);
    return { kind: 'UNIT', step: makeStep(parts, { dataSource, maxBatchSize, handlers }) };
  }
  const { functions, typeName, fieldName } = definition;
  const named = functions.map((id) => {
    const step = steps.get(id);
    if (step) return step;
    throw new StartError(
      `The pipeline of ${typeName}.${fieldName} names the function ${id}, which isn't there.`,
    );
  });
  return { kind: 'PIPELINE', around: load(definition.code), steps: named };
}

interface StepParts extends Pick<Step, 'handlers' | 'dataSource'> {
  readonly name?: string;
  readonly maxBatchSize?: number | undefined;
}

function makeStep(
  { dataSources }: ResolverParts,
  { name, handlers, dataSource, maxBatchSize = 0 }: StepParts,
): Step {
  const source = dataSources[dataSource];
  if (!source)
    throw new StartError(`A resolver names the data source ${dataSource}, which isn't there.`);
  return {
    name,
    handlers,
    dataSource,
    run: (request) => source.run(request),
    runBatch: source.runBatch && ((requests) => source.runBatch?.(requests) ?? Promise.resolve([])),
    maxBatchSize,
  };
}

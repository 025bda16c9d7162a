import type { ApolloServerOptions } from '@apollo/server';
import type { GatewayContext } from '#gateway/context.ts';
import { type CompiledOperation, compileOperation, type Outcome } from './operation.ts';
import { createOperations, type WeighFields } from './operations.ts';
import { createApolloGateway, makePlan, type PlannerOptions, type PlanRequest } from './planner.ts';
import type { AskSubgraph } from './run.ts';
import { createTypes } from './types.ts';

export interface FederationOptions extends PlannerOptions {
  /** How each subgraph is asked, by its name in the supergraph. */
  readonly subgraphs: ReadonlyMap<string, AskSubgraph>;
}

/** One schema over several subgraphs, planned by @apollo/gateway and executed by us. */
export interface Federation {
  /** What Apollo Server takes for its `gateway`. */
  readonly gateway: ApolloServerGateway;
  /** An operation that came before: Apollo Server found its document valid, and it is planned and compiled. */
  find(query: string, operationName: string | undefined): CompiledOperation | undefined;
  stop(): void;
}

type ApolloServerGateway = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>;

/** What an operation's response tells of data that a subgraph left out; never sent to a caller. */
export const MISSING = 'missing';

/** Loads the supergraph when Apollo Server starts; plans and compiles an operation when it first comes. */
export function createFederation(options: FederationOptions): Federation {
  const apollo = createApolloGateway(options);
  const operations = createOperations();
  return {
    gateway: {
      onSchemaLoadOrUpdate: (listener) => apollo.onSchemaLoadOrUpdate(listener),
      stop: () => apollo.stop(),
      load: async (loadOptions) => {
        const loaded = await apollo.load(loadOptions);
        const compile = createCompiler(loaded, options);
        return {
          executor: async (request) => {
            const { source, request: sent, context } = request;
            const { variables = {}, operationName } = sent;
            const operation = await operations.findOrCompile(source, operationName, (weighFields) =>
              compile(request as PlanRequest, weighFields),
            );
            return toResult(await operation.run(variables, context as GatewayContext));
          },
        };
      },
    },
    find: operations.find,
    stop: operations.forget,
  };
}

type Loaded = Awaited<ReturnType<ReturnType<typeof createApolloGateway>['load']>>;

function createCompiler({ schema, executor }: Loaded, options: FederationOptions) {
  const { supergraphSdl, subgraphs } = options;
  const types = createTypes({ schema, supergraphSdl });
  return async (request: PlanRequest, weighFields: WeighFields): Promise<CompiledOperation> => {
    const { document, operation } = request;
    const plan = await makePlan(executor, request);
    const parts = { document, operation, schema, subgraphs, types };
    return compileOperation({ plan, ...parts, weighFields });
  };
}

function toResult({ data, errors, missing }: Outcome) {
  return {
    ...(data !== undefined && { data }),
    ...(errors.length > 0 && { errors }),
    ...(missing.length > 0 && { extensions: { [MISSING]: missing } }),
  };
}

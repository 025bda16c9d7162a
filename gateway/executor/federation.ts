import type { ApolloServerOptions } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import type { GatewayContext } from '#gateway/context.ts';
import { type CompiledOperation, compileOperation, type Outcome } from './operation.ts';
import { createApolloGateway, makePlan, type PlannerOptions, type PlanRequest } from './planner.ts';
import type { AskSubgraph } from './run.ts';
import { createTypes } from './types.ts';

export interface FederationOptions extends PlannerOptions {
  /** How each subgraph is asked, by its name in the supergraph. */
  readonly subgraphs: ReadonlyMap<string, AskSubgraph>;
}

/** What Apollo Server takes for its `gateway`. */
export type Federation = NonNullable<ApolloServerOptions<GatewayContext>['gateway']>;

/** What an operation's response tells of data that a subgraph left out; never sent to a caller. */
export const MISSING = 'missing';

/**
 * One schema over several subgraphs, planned by @apollo/gateway and executed by us. An operation is
 * planned and compiled when it first comes, and remembered as long as Apollo Server remembers its
 * document.
 */
export function createFederation(options: FederationOptions): Federation {
  const apollo = createApolloGateway(options);
  return {
    onSchemaLoadOrUpdate: (listener) => apollo.onSchemaLoadOrUpdate(listener),
    stop: () => apollo.stop(),
    load: async (loadOptions) => {
      const { schema, executor } = await apollo.load(loadOptions);
      const types = createTypes({ schema, supergraphSdl: options.supergraphSdl });
      const findOperation = rememberOperations(async (request) => {
        const { document, operation } = request;
        const plan = await makePlan(executor, request);
        const { subgraphs } = options;
        return compileOperation({ plan, document, operation, schema, subgraphs, types });
      });
      return {
        executor: async (request) => {
          const { variables = {} } = request.request;
          const found = findOperation(request as PlanRequest);
          const operation = found instanceof Promise ? await found : found;
          return toResult(await operation.run(variables, request.context as GatewayContext));
        },
      };
    },
  };
}

type Compile = (request: PlanRequest) => Promise<CompiledOperation>;
type Remembered = Map<string | undefined, CompiledOperation | Promise<CompiledOperation>>;

/** Two requests for the same new operation wait for one plan; one that fails is forgotten. */
function rememberOperations(compile: Compile) {
  const documents = new WeakMap<DocumentNode, Remembered>();
  return (request: PlanRequest): CompiledOperation | Promise<CompiledOperation> => {
    const { document } = request;
    const name = request.operation.name?.value;
    let operations = documents.get(document);
    if (!operations) {
      operations = new Map();
      documents.set(document, operations);
    }
    return operations.get(name) ?? compileAndRemember(operations, name, compile(request));
  };
}

async function compileAndRemember(
  operations: Remembered,
  name: string | undefined,
  compiling: Promise<CompiledOperation>,
): Promise<CompiledOperation> {
  operations.set(name, compiling);
  try {
    const operation = await compiling;
    operations.set(name, operation);
    return operation;
  } catch (error) {
    operations.delete(name);
    throw error;
  }
}

/** What is missing beside an error is taken for its consequence. */
function toResult({ data, errors, missing }: Outcome) {
  if (errors.length > 0) return { data, errors };
  return missing.length > 0 ? { data, extensions: { [MISSING]: missing } } : { data };
}

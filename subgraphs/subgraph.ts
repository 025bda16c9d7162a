import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, execute, GraphQLError, parse } from 'graphql';
import type { Log } from '#domain/log.ts';
import type { VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import type {
  Subgraph,
  SubgraphRequest,
  SubgraphResponse,
} from '#domain/viewer/subgraphRequest.ts';
import type { Viewer } from '#domain/viewer/viewer.ts';
import { createDocumentReader } from './documents.ts';
import { reportError } from './errors.ts';

type Resolvers = NonNullable<
  Parameters<typeof buildSubgraphSchema>[0] extends infer Input
    ? Input extends { resolvers?: infer R }
      ? R
      : never
    : never
>;

export interface SubgraphOptions<Context> {
  /** The subgraph's text, with its federation directives. */
  readonly sdl: string;
  readonly resolvers: object;
  readonly verify: VerifyAuthorization;
  /** Makes what the resolvers of one request share: who asks, and the loaders that batch its reads. */
  readonly createContext: (viewer: Viewer | null, request: SubgraphRequest) => Context;
  readonly log: Log;
}

/**
 * Makes a subgraph out of its text and resolvers: graphql-js over an Apollo subgraph schema, with
 * parsed documents remembered. The token is verified here again, whatever the gateway did.
 */
export function createSubgraph<Context>(options: SubgraphOptions<Context>): Subgraph {
  const { sdl, resolvers, verify, createContext, log } = options;
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as Resolvers });
  const readDocument = createDocumentReader(schema);
  return async (request) => {
    try {
      const viewer = await verify(request.authorization);
      const document = readDocument(request.query);
      const contextValue = createContext(viewer, request);
      const { variables: variableValues, operationName } = request;
      const result = await execute({
        schema,
        document,
        contextValue,
        variableValues,
        operationName,
      });
      return report(result, request, log);
    } catch (error) {
      return report({ errors: [asGraphQLError(error)] }, request, log);
    }
  };
}

function report(result: ExecutionResult, request: SubgraphRequest, log: Log): SubgraphResponse {
  const { data, errors } = result;
  if (!errors) return { data };
  return {
    ...(data === undefined ? {} : { data }),
    errors: errors.map((error) => reportError(error, request.requestId, log)),
  };
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

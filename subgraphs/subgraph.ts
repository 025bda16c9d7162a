import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, execute, GraphQLError, parse } from 'graphql';
import type { Log } from '#domain/log.ts';
import type { VerifyCaller } from '#domain/viewer/accessToken.ts';
import type {
  Subgraph,
  SubgraphRequest,
  SubgraphResponse,
} from '#domain/viewer/subgraphRequest.ts';
import { isWatch, type Viewer } from '#domain/viewer/viewer.ts';
import { createDocumentReader } from './documents.ts';
import { reportError } from './errors.ts';
import { allowWatchedFields } from './watchedFields.ts';

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
  readonly verify: VerifyCaller;
  /** Makes what the resolvers of one request share: who asks, and the loaders that batch its reads. */
  readonly createContext: (
    viewer: Viewer | null,
    request: SubgraphRequest,
    watch: PadWatch | null,
  ) => Context;
  readonly log: Log;
}

/** What a watch token lets the live service read: then there is no viewer. */
export interface PadWatch {
  readonly padId: string;
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
      const caller = await verify(request.authorization);
      const document = readDocument(request.query);
      const { variables: variableValues, operationName } = request;
      if (isWatch(caller)) allowWatchedFields(document, operationName);
      const contextValue = isWatch(caller)
        ? createContext(null, request, { padId: caller.watchedPadId })
        : createContext(caller, request, null);
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

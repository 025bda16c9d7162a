import type { GraphQLDataSource } from '@apollo/gateway';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { Subgraph, SubgraphResponse } from '#domain/viewer/subgraphRequest.ts';
import type { GatewayContext } from './context.ts';
import { maskedError } from './errors.ts';

export interface SubgraphDataSourceOptions {
  /** The subgraph's name in the supergraph. */
  readonly name: string;
  readonly subgraph: Subgraph;
  readonly log: Log;
}

type GatewayResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;

/**
 * How the gateway asks a subgraph, wherever it runs. One that can't be asked is answered for: the
 * caller gets INTERNAL for its fields and the log gets the cause.
 */
export function createSubgraphDataSource(options: SubgraphDataSourceOptions): GraphQLDataSource {
  const { name, subgraph, log } = options;
  return {
    process: async ({ request, context }) => {
      const { requestId, authorization, client } = context as GatewayContext;
      const { query = '', variables, operationName } = request;
      try {
        return toGatewayResponse(
          await subgraph({ query, variables, operationName, authorization, client, requestId }),
        );
      } catch (error) {
        const entry = { requestId, subgraph: name, error: describeUnexpected(error) };
        log({ level: 'error', message: 'subgraph out of reach', ...entry });
        return toGatewayResponse({ errors: [maskedError(requestId)] });
      }
    },
  };
}

/** Ours is read-only and theirs isn't; the gateway merges what several subgraphs sent into one another. */
function toGatewayResponse(response: SubgraphResponse): GatewayResponse {
  return response as GatewayResponse;
}

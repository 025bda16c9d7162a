import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { Subgraph } from '#domain/viewer/subgraphRequest.ts';
import { maskedError } from './errors.ts';
import type { AskSubgraph } from './executor/run.ts';

export interface AskSubgraphOptions {
  /** The subgraph's name in the supergraph. */
  readonly name: string;
  readonly subgraph: Subgraph;
  readonly log: Log;
}

/**
 * How the executor asks a subgraph, wherever it runs. One that can't be asked is answered for: the
 * caller gets INTERNAL for its fields and the log gets the cause.
 */
export function createAskSubgraph({ name, subgraph, log }: AskSubgraphOptions): AskSubgraph {
  return async (question, { requestId, authorization, client }) => {
    const { query, variables, operationName } = question;
    try {
      return await subgraph({ query, variables, operationName, authorization, client, requestId });
    } catch (error) {
      const entry = { requestId, subgraph: name, error: describeUnexpected(error) };
      log({ level: 'error', message: 'subgraph out of reach', ...entry });
      return { errors: [maskedError(requestId)] };
    }
  };
}

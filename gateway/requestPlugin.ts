import {
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type GraphQLRequestListener,
  type GraphQLResponse,
  HeaderMap,
} from '@apollo/server';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { GatewayContext } from './context.ts';
import { finishResponse } from './finishResponse.ts';
import { findVariableProblems } from './variables.ts';

export interface RequestPluginOptions {
  /** Whether error messages keep quiet about names that a caller nearly hit. */
  readonly hideSuggestions: boolean;
  readonly log: Log;
}

/**
 * Our part in Apollo Server's way of a request: one look before the operation runs, one at the
 * response. Each further hook would cost every request.
 */
export function createRequestPlugin(
  options: RequestPluginOptions,
): ApolloServerPlugin<GatewayContext> {
  const { hideSuggestions, log } = options;
  const listener: GraphQLRequestListener<GatewayContext> = {
    responseForOperation: async (request) => refuseOperation(request, hideSuggestions),
    willSendResponse: async (request) => finishResponse(request, log),
  };
  return {
    requestDidStart: async () => listener,
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) => {
      const { requestId } = requestContext.contextValue;
      const entry = { requestId, error: describeUnexpected(error) };
      log({ level: 'error', message: 'unexpected error', ...entry });
    },
  };
}

type RequestContext = GraphQLRequestContext<GatewayContext>;

/** What @apollo/gateway would answer with 500, or run although HTTP says it must not. */
function refuseOperation(
  { contextValue, document, operation, request, schema }: RequestContext,
  hideSuggestions: boolean,
): GraphQLResponse | null {
  if (!operation) {
    const count = document?.definitions.filter(({ kind }) => kind === 'OperationDefinition').length;
    const message = `Expected operationName to say which of the document's ${count} operations to run.`;
    return refuse('OPERATION_RESOLUTION_FAILURE', [message]);
  }
  // https://graphql.github.io/graphql-over-http/draft/#sec-GET
  if (contextValue.readOnly && operation.operation !== 'query') {
    const message = `Expected POST for a ${operation.operation}, got GET.`;
    return refuse('BAD_REQUEST', [message], 405, [['allow', 'POST']]);
  }
  const { variableDefinitions } = operation;
  if (!variableDefinitions?.length) return null;
  const { variables = {} } = request;
  const problems = findVariableProblems(schema, variableDefinitions, variables, hideSuggestions);
  return problems.length > 0 ? refuse('BAD_USER_INPUT', problems) : null;
}

function refuse(
  reason: string,
  messages: readonly string[],
  status?: number,
  headers?: [string, string][],
): GraphQLResponse {
  const extensions = { code: 'BAD_USER_INPUT', reason };
  const errors = messages.map((message) => ({ message, extensions }));
  return {
    http: { ...(status && { status }), headers: new HeaderMap(headers) },
    body: { kind: 'single', singleResult: { errors } },
  };
}

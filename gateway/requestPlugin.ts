import {
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type GraphQLRequestContextWillSendResponse,
  type GraphQLRequestListener,
  type GraphQLResponse,
  HeaderMap,
} from '@apollo/server';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { checkOperation, type OperationRefusal, refuse } from './checkOperation.ts';
import type { GatewayContext } from './context.ts';
import type { PublicError } from './errors.ts';
import type { Path } from './executor/data.ts';
import { MISSING } from './executor/federation.ts';
import { finishResponse } from './finishResponse.ts';

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
    willSendResponse: async (request) => finish(request, log),
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

/** What Apollo Server would leave to whoever executes, or run although HTTP says it must not. */
function refuseOperation(
  { contextValue, document, operation, request, schema }: RequestContext,
  hideSuggestions: boolean,
): GraphQLResponse | null {
  if (!operation) {
    const count = document?.definitions.filter(({ kind }) => kind === 'OperationDefinition').length;
    const message = `Expected operationName to say which of the document's ${count} operations to run.`;
    return toResponse({ refusals: refuse('OPERATION_RESOLUTION_FAILURE', [message]) });
  }
  const { variables = {} } = request;
  const { readOnly } = contextValue;
  const refusal = checkOperation({ operation, schema, variables, readOnly, hideSuggestions });
  return refusal && toResponse(refusal);
}

function toResponse({ refusals, status, headers = {} }: OperationRefusal): GraphQLResponse {
  return {
    http: { ...(status && { status }), headers: new HeaderMap(Object.entries(headers)) },
    body: { kind: 'single', singleResult: { errors: refusals } },
  };
}

/** Gives Apollo Server's response its final errors, status and headers. */
function finish(
  {
    contextValue,
    response,
    operation,
    errors,
  }: GraphQLRequestContextWillSendResponse<GatewayContext>,
  log: Log,
): void {
  const { http, body } = response;
  if (body.kind !== 'single') return;
  const { data, errors: refusals, extensions } = body.singleResult;
  const missing = extensions?.[MISSING] as readonly Path[] | undefined;
  const finished = finishResponse(
    {
      ...{ operation, data, errors, missing, status: http.status },
      refusals: refusals as readonly PublicError[] | undefined,
    },
    contextValue,
    log,
  );
  body.singleResult = {
    ...(finished.errors && { errors: finished.errors }),
    ...(data !== undefined && { data }),
  };
  http.status = finished.status;
  for (const [name, value] of Object.entries(finished.headers)) http.headers.set(name, value);
}

import type { GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { GatewayContext } from './context.ts';
import { maskedError, type PublicError, publicError } from './errors.ts';
import type { Path } from './executor/data.ts';
import { MISSING } from './executor/federation.ts';
import type { ResponseMediaType } from './mediaType.ts';

/** Names come from the document, which its sender makes as long as they like. */
const MAX_OPERATION_NAME_LENGTH = 100;

/** Gives a response its final errors, status and headers, and notes what the log line tells of it. */
export function finishResponse(
  request: GraphQLRequestContextWillSendResponse<GatewayContext>,
  log: Log,
): void {
  const { contextValue, response, operation, errors } = request;
  const { requestId, mediaType, trace } = contextValue;
  trace.isFinished = true;
  trace.operationName = operation?.name?.value.slice(0, MAX_OPERATION_NAME_LENGTH);
  trace.operationType = operation?.operation;
  response.http.headers.set('content-type', `${mediaType}; charset=utf-8`);
  if (response.body.kind !== 'single') return;
  const result = response.body.singleResult;
  if (errors) result.errors = errors.map((error) => publish(error, requestId, log));
  else if (result.extensions) admitMissingData(result, requestId, log);
  if (!result.errors) return;
  const published = result.errors as readonly PublicError[];
  trace.errorCodes = published.map(({ extensions }) => extensions.code);
  response.http.status = chooseStatus(result, trace.errorCodes, mediaType, response.http.status);
  const retryAfterSeconds = longestWait(published);
  if (retryAfterSeconds > 0) response.http.headers.set('retry-after', String(retryAfterSeconds));
}

function publish(error: GraphQLError, requestId: string, log: Log): PublicError {
  const published = publicError(error, requestId);
  if (published) return published;
  const { originalError, extensions, path } = error;
  const entry = { requestId, path, subgraph: extensions.serviceName };
  const description = describeUnexpected(originalError ?? error);
  log({ level: 'error', message: 'unexpected error', ...entry, error: description });
  return maskedError(requestId, path);
}

/**
 * When a subgraph leaves out what the schema promises, the executor nulls the field's parent and
 * tells where. https://spec.graphql.org/draft/#sec-Handling-Execution-Errors
 */
function admitMissingData(result: FormattedExecutionResult, requestId: string, log: Log): void {
  const missing = result.extensions?.[MISSING] as readonly Path[] | undefined;
  delete result.extensions;
  if (!missing) return;
  const paths = missing.map((path) => path.join('.'));
  log({ level: 'error', message: 'a subgraph left out required data', requestId, paths });
  result.errors = missing.map((path) => maskedError(requestId, path));
}

/**
 * With data: 200. Without: 500 when it is our fault, else 400, which clients of plain JSON would
 * take for a failure of HTTP: they get 200.
 * https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
 */
function chooseStatus(
  result: FormattedExecutionResult,
  codes: readonly string[],
  mediaType: ResponseMediaType,
  given: number | undefined,
): number {
  if (result.data !== undefined) return 200;
  if (codes.includes('INTERNAL')) return 500;
  if (given === 405) return given;
  return mediaType === 'application/json' ? 200 : 400;
}

/** In seconds, 0 when nobody is asked to wait. */
function longestWait(errors: readonly PublicError[]): number {
  const waits = errors.map(({ extensions }) => Number(extensions.retryAfterSeconds ?? 0));
  return Math.ceil(Math.max(...waits));
}

import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { GatewayContext } from './context.ts';
import { maskedError, type PublicError, publicError } from './errors.ts';
import type { Path } from './executor/data.ts';
import type { ResponseMediaType } from './mediaType.ts';

/** Names come from the document, which its sender makes as long as they like. */
const MAX_OPERATION_NAME_LENGTH = 100;

/** What became of an operation, before it is a response. */
export interface Unfinished {
  readonly operation: OperationDefinitionNode | undefined;
  readonly data?: unknown;
  /** As they were thrown; they are told to the caller only in part. */
  readonly errors?: readonly GraphQLError[] | undefined;
  /** Errors that are meant for the caller as they are. */
  readonly refusals?: readonly PublicError[] | undefined;
  /** Where a subgraph left out what the schema promises. */
  readonly missing?: readonly Path[] | undefined;
  /** The HTTP status that somebody already chose. */
  readonly status?: number | undefined;
}

/** A response's final errors, undefined when there are none, and its status and headers. */
export interface Finished {
  readonly errors: readonly PublicError[] | undefined;
  readonly status: number;
  readonly headers: Record<string, string>;
}

/** Decides on a response's errors, status and headers, and notes what the log line tells of it. */
export function finishResponse(
  unfinished: Unfinished,
  { requestId, mediaType, trace }: GatewayContext,
  log: Log,
): Finished {
  const { operation, data, status } = unfinished;
  trace.isFinished = true;
  trace.operationName = operation?.name?.value.slice(0, MAX_OPERATION_NAME_LENGTH);
  trace.operationType = operation?.operation;
  const headers: Record<string, string> = { 'content-type': `${mediaType}; charset=utf-8` };
  const errors = publishErrors(unfinished, requestId, log);
  if (!errors) return { errors, status: 200, headers };
  trace.errorCodes = errors.map(({ extensions }) => extensions.code);
  const retryAfterSeconds = longestWait(errors);
  if (retryAfterSeconds > 0) headers['retry-after'] = String(retryAfterSeconds);
  const hasData = data !== undefined;
  return { errors, status: chooseStatus(hasData, trace.errorCodes, mediaType, status), headers };
}

function publishErrors(
  { errors, refusals, missing }: Unfinished,
  requestId: string,
  log: Log,
): readonly PublicError[] | undefined {
  if (errors && errors.length > 0) return errors.map((error) => publish(error, requestId, log));
  // What is missing beside an error is taken for its consequence.
  if (missing && missing.length > 0) return admitMissingData(missing, requestId, log);
  return refusals;
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
function admitMissingData(missing: readonly Path[], requestId: string, log: Log): PublicError[] {
  const paths = missing.map((path) => path.join('.'));
  log({ level: 'error', message: 'a subgraph left out required data', requestId, paths });
  return missing.map((path) => maskedError(requestId, path));
}

/**
 * With data: 200. Without: 500 when it is our fault, else 400, which clients of plain JSON would
 * take for a failure of HTTP: they get 200.
 * https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
 */
function chooseStatus(
  hasData: boolean,
  codes: readonly string[],
  mediaType: ResponseMediaType,
  given: number | undefined,
): number {
  if (hasData) return 200;
  if (codes.includes('INTERNAL')) return 500;
  if (given === 405) return given;
  return mediaType === 'application/json' ? 200 : 400;
}

/** In seconds, 0 when nobody is asked to wait. */
function longestWait(errors: readonly PublicError[]): number {
  const waits = errors.map(({ extensions }) => Number(extensions.retryAfterSeconds ?? 0));
  return Math.ceil(Math.max(...waits));
}

import type { GraphQLError } from 'graphql';
import type { LogEntry } from '#domain/log.ts';
import { FieldError, type Origin } from './fieldError.ts';
import type { Run } from './run.ts';

/**
 * Writes a line for each field that failed, as AppSync does at the log level ERROR:
 * https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
 * Neither arguments nor values get into it.
 */
export function logErrors(errors: readonly GraphQLError[], { log, facts }: Run): void {
  const { requestId, headers } = facts;
  for (const error of errors) {
    const { originalError, path = [] } = error;
    const told =
      originalError instanceof FieldError ? describe(originalError) : describeValue(error);
    log({ ...told, requestId, traceId: headers['x-amzn-trace-id'], path: path.join('/') });
  }
}

type Told = Pick<LogEntry, 'level' | 'message'> & Readonly<Record<string, unknown>>;

function describe({ problem, origin }: FieldError): Told {
  const { message: error, errorType } = problem;
  return {
    level: levelOf(errorType, origin),
    message: 'field failed',
    errorType,
    error,
    ...origin,
  };
}

/** A resolver that refuses does what it is meant to. */
function levelOf(
  errorType: string | null | undefined,
  origin: Origin | undefined,
): LogEntry['level'] {
  if (errorType === 'Code') return 'error';
  const { cause } = origin ?? {};
  return cause && !CONDITIONS.test(cause.type) ? 'error' : 'info';
}

/** Data sources fail with these when others were quicker. */
const CONDITIONS = /(ConditionalCheckFailed|TransactionCanceled)Exception$/;

const NULL = /^Cannot return null for non-nullable field \w+\.\w+\.$/;

/** The words about a value that is no such thing hold the value. */
function describeValue({ message }: GraphQLError): Told {
  const error = NULL.test(message) ? message : 'A value is not what its type wants.';
  return { level: 'error', message: 'field failed', errorType: null, error };
}

import { GraphQLError } from 'graphql';
import { isErrorCode, MemopadError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import type { SubgraphError } from '#domain/viewer/subgraphRequest.ts';

/** What a subgraph says of an error: our own ones in full, the caller's mistakes as BAD_USER_INPUT, anything else masked. */
export function reportError(error: GraphQLError, requestId: string, log: Log): SubgraphError {
  const { path, originalError } = error;
  if (originalError instanceof MemopadError) {
    const { message, code, details } = originalError;
    return { message, path, extensions: { code, ...details } };
  }
  if (isCallersMistake(error)) {
    const { code } = error.extensions;
    return {
      message: tellMistake(error),
      path,
      extensions: { code: isErrorCode(code) ? code : 'BAD_USER_INPUT' },
    };
  }
  const cause = describeUnexpected(originalError ?? error);
  log({ level: 'error', message: 'unexpected error', requestId, path, error: cause });
  const message = `Something went wrong on our side. The request id is ${requestId}.`;
  return { message, path, extensions: { code: 'INTERNAL', requestId } };
}

/**
 * graphql-js itself refused the document, its variables or an argument, by itself or by a scalar of
 * ours. A variable's error wraps the scalar's; an argument's names its place in the document, as an
 * answer that a scalar can't write doesn't.
 */
function isCallersMistake({ originalError, path }: GraphQLError): boolean {
  if (!originalError) return true;
  if (!(originalError instanceof GraphQLError)) return false;
  return path === undefined || originalError.nodes !== undefined;
}

/** graphql-js quotes the value that a scalar refused, however long; the scalar says what it expected without it. */
function tellMistake({ message, originalError }: GraphQLError): string {
  if (!originalError) return message;
  const place = PLACE_IN_VARIABLE.exec(message)?.[1];
  return place ? `${place}: ${originalError.message}` : originalError.message;
}

/** `Variable "$input" got invalid value "…" at "input.createdAt"; …` */
const PLACE_IN_VARIABLE = /^Variable "\$\w+" got invalid value .* at "([\w.[\]]{1,100})"; /s;

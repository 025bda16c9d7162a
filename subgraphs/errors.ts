import type { GraphQLError } from 'graphql';
import { isErrorCode, MemopadError } from '#domain/errors.ts';
import type { Log } from '#domain/log.ts';
import type { SubgraphError } from '#domain/viewer/subgraphRequest.ts';

/** What a subgraph says of an error: our own ones in full, the caller's mistakes as BAD_USER_INPUT, anything else masked. */
export function reportError(error: GraphQLError, requestId: string, log: Log): SubgraphError {
  const { path, originalError } = error;
  if (originalError instanceof MemopadError) {
    const { message, code, details } = originalError;
    return { message, path, extensions: { code, ...details } };
  }
  // graphql-js itself refused the document or its variables: nothing of ours threw.
  if (!originalError) {
    const { code } = error.extensions;
    return {
      message: error.message,
      path,
      extensions: { code: isErrorCode(code) ? code : 'BAD_USER_INPUT' },
    };
  }
  log({ level: 'error', message: 'unexpected error', requestId, path, error: originalError.stack });
  const message = `Something went wrong on our side. The request id is ${requestId}.`;
  return { message, path, extensions: { code: 'INTERNAL', requestId } };
}

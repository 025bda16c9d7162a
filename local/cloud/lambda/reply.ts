import type { Reply } from './environment.ts';
import type { FunctionDefinition, InvocationResult } from './functions.ts';
import { ServiceError } from './serviceError.ts';

/**
 * Bytes of an answer: 6 MiB and a hundred bytes, and the words for more, as AWS gave them to
 * https://github.com/localstack/localstack, tests/aws/services/lambda_/test_lambda.snapshot.json,
 * where the other words of this file are recorded too.
 */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

/** Whether the environment may take the next event. */
export function leavesItUsable({ kind }: Reply): boolean {
  return ['READY', 'SUCCEEDED', 'FAILED', 'INVALID_EVENT'].includes(kind);
}

/** What the caller of a function gets for an environment's reply. @throws ServiceError for an event that is no JSON */
export function readReply(
  reply: Reply,
  requestId: string,
  { timeoutSeconds }: FunctionDefinition,
): Pick<InvocationResult, 'payload' | 'functionError'> {
  switch (reply.kind) {
    case 'SUCCEEDED':
      return Buffer.byteLength(reply.payload) > MAX_RESPONSE_BYTES
        ? failure(
            'Function.ResponseSizeTooLarge',
            `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
          )
        : { payload: reply.payload };
    case 'FAILED':
    case 'FAILED_TO_START':
      return { payload: reply.payload, functionError: 'Unhandled' };
    case 'TIMED_OUT':
      return failure(
        'Sandbox.Timedout',
        `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      );
    case 'EXITED':
      return failure('Runtime.ExitError', `RequestId: ${requestId} Error: ${reply.how}`);
    case 'INVALID_EVENT':
      throw ServiceError.invalidJson(reply.message);
    case 'READY':
      throw new Error('Expected an answer, got a second start.');
  }
}

function failure(errorType: string, errorMessage: string) {
  return {
    payload: JSON.stringify({ errorType, errorMessage }),
    functionError: 'Unhandled',
  } as const;
}

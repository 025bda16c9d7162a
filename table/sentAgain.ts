import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/**
 * Whether a condition failed on a write that the SDK sent more than once, because no answer came or
 * DynamoDB could not keep up: what stands in the way may be the write itself.
 */
export function wasSentAgain(error: unknown): error is ConditionalCheckFailedException {
  return error instanceof ConditionalCheckFailedException && (error.$metadata.attempts ?? 1) > 1;
}

import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { WriteOutcome } from '#domain/memo/padStore.ts';
import type { Pause } from '#table/pause.ts';

const MAX_TRIES = 4;

/**
 * Says what became of a write with conditions. Two writes that touch one item at the same time make
 * DynamoDB refuse one (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html,
 * "Transaction conflict handling"), which the SDK does not retry: that one is tried up to 4 times.
 */
export async function writeUnlessChanged(
  write: () => Promise<unknown>,
  pause: Pause,
): Promise<WriteOutcome> {
  for (let count = 1; count <= MAX_TRIES; count += 1) {
    try {
      await write();
      return 'DONE';
    } catch (error) {
      if (isFailedCondition(error)) return 'CHANGED';
      if (!isConflict(error)) throw error;
      if (count < MAX_TRIES) await pause(count);
    }
  }
  return 'CHANGED';
}

function isFailedCondition(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  return cancellationCodes(error).includes('ConditionalCheckFailed');
}

function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  return cancellationCodes(error).includes('TransactionConflict');
}

function cancellationCodes(error: unknown): (string | undefined)[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code);
}

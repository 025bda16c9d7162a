import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { Pause } from '#table/pause.ts';

const MAX_TRIES = 8;

/** Of each action of a write, in order, whether its condition failed. */
export type FailedConditions = readonly boolean[];

/**
 * Writes, and says which conditions failed; none when it is written. A write of an item that a
 * transaction has in hand is refused by DynamoDB, which the SDK does not retry
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html,
 * "Transaction conflict handling"): it is tried up to 8 times.
 *
 * @throws what DynamoDB throws beside that, and its conflict after the last try
 */
export async function write(
  send: () => Promise<unknown>,
  pause: Pause,
): Promise<FailedConditions | null> {
  for (let count = 1; ; count += 1) {
    try {
      await send();
      return null;
    } catch (error) {
      const failed = failedConditions(error);
      if (failed) return failed;
      if (!isConflict(error) || count === MAX_TRIES) throw error;
      await pause(count);
    }
  }
}

function failedConditions(error: unknown): FailedConditions | null {
  if (error instanceof ConditionalCheckFailedException) return [true];
  const failed = cancellationCodes(error).map((code) => code === 'ConditionalCheckFailed');
  return failed.includes(true) ? failed : null;
}

function isConflict(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  return cancellationCodes(error).includes('TransactionConflict');
}

function cancellationCodes(error: unknown): (string | undefined)[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code);
}

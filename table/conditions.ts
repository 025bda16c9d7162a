import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './batchGet.ts';

/** Whether a conditional write wrote; what else may go wrong is thrown. */
export async function wrote(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

/** The item a condition failed on, for a write that asked for it; undefined for any other error. */
export function itemInTheWay(error: unknown): Item | undefined {
  return error instanceof ConditionalCheckFailedException ? error.Item : undefined;
}

/** Whether a condition failed, of a single write or within a transaction. */
export function isConditionFailed(error: unknown): boolean {
  return (
    error instanceof ConditionalCheckFailedException || hasReason(error, 'ConditionalCheckFailed')
  );
}

/**
 * Whether a write lost to a transaction that touched the same items at the same time, and may be tried
 * again, which the SDK doesn't: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html,
 * "Transaction conflict handling".
 */
export function isTransactionConflict(error: unknown): boolean {
  return error instanceof TransactionConflictException || hasReason(error, 'TransactionConflict');
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
function hasReason(error: unknown, code: string): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  return error.CancellationReasons?.some((reason) => reason.Code === code) ?? false;
}

import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './userItem.ts';

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

/** Whether a transaction lost to another one that touched the same items, and may be tried again. */
export function isTransactionConflict(error: unknown): boolean {
  return hasReason(error, 'TransactionConflict');
}

function isConditionFailed(error: unknown): boolean {
  return (
    error instanceof ConditionalCheckFailedException || hasReason(error, 'ConditionalCheckFailed')
  );
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
function hasReason(error: unknown, code: string): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  return error.CancellationReasons?.some((reason) => reason.Code === code) ?? false;
}

import { AwsError } from '#local/cloud/awsError.ts';
import type { Operation } from './operations.ts';

/** What DynamoDB does now and then and the engine never: injected before an operation reaches it. */
export type Fault = 'TransactionConflict' | 'Throttled';

export interface Faults {
  /** @param writesTo the tables that the operation writes to */
  beforeForward(operation: string, writesTo: readonly string[]): Fault | undefined;
}

const NAMESPACE = 'com.amazonaws.dynamodb.v20120810#';
const SINGLE_WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const WORDS = {
  TransactionConflict: {
    type: 'TransactionConflictException',
    reason: 'TransactionConflict',
    message: 'Transaction is ongoing for the item',
  },
  Throttled: {
    type: 'ThrottlingException',
    reason: 'ThrottlingError',
    message:
      'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly. If exceptions persist, check if you have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
  },
};

/** What DynamoDB answers for the fault. @throws TypeError when the operation can't run into it */
export function describeFault(fault: Fault, { name, transactItems }: Operation): AwsError {
  const { type, reason, message } = WORDS[fault];
  if (transactItems > 0) return cancelled(reason, message, transactItems);
  if (fault === 'TransactionConflict' && !SINGLE_WRITES.has(name)) {
    throw new TypeError(`Expected an operation that can conflict with a transaction, got ${name}.`);
  }
  return new AwsError(`${NAMESPACE}${type}`, message);
}

/** The first item's fault; the others would have gone well. */
function cancelled(code: string, message: string, items: number): AwsError {
  const reasons = [{ Code: code, Message: message }, ...Array(items - 1).fill({ Code: 'None' })];
  return new AwsError(
    `${NAMESPACE}TransactionCanceledException`,
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    { CancellationReasons: reasons },
  );
}

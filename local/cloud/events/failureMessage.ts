import type { QueuedRecord } from './lane.ts';

export type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** What a queue is told about records that were given up. */
export interface Failure {
  readonly condition: Condition;
  readonly requestId: string;
  readonly functionArn: string;
  readonly invocations: number;
  /** Of the last invocation; undefined when the function answered which records failed. */
  readonly functionError: string | undefined;
  readonly shardId: string;
  readonly streamArn: string;
  /** At least one. */
  readonly records: readonly QueuedRecord[];
  readonly nowMs: number;
}

/**
 * The message as Lambda writes it, recorded in https://github.com/localstack/localstack,
 * test_lambda_integration_dynamodbstreams.snapshot.json: where the records were, not what they were.
 */
export function failureMessage(failure: Failure): string {
  const { condition, requestId, functionArn, invocations, records, nowMs } = failure;
  return JSON.stringify({
    requestContext: {
      requestId,
      functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    ...(invocations > 0 && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: failure.functionError ?? null,
      },
    }),
    version: '1.0',
    timestamp: new Date(nowMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId: failure.shardId,
      startSequenceNumber: records[0]?.sequenceNumber,
      endSequenceNumber: records.at(-1)?.sequenceNumber,
      approximateArrivalOfFirstRecord: toSecond(records[0]),
      approximateArrivalOfLastRecord: toSecond(records.at(-1)),
      batchSize: records.length,
      streamArn: failure.streamArn,
    },
  });
}

/** `2025-06-05T18:21:49Z`. */
function toSecond(record: QueuedRecord | undefined): string | undefined {
  if (!record) return undefined;
  return new Date(Math.floor(record.createdAtSeconds) * 1000).toISOString().replace('.000Z', 'Z');
}

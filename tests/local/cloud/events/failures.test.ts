import { describe, expect, test } from '@jest/globals';
import { waitFor } from '#tests/support/waitFor.ts';
import { FUNCTION_ARN, QUEUE_ARN, streamArnOf } from './resources.ts';
import { type MappingLab, sortKeys, useMappings } from './useMappings.ts';

const startLab = useMappings();

/** Fails whenever a record in the batch is called poison. */
const FAIL_ON_POISON = `export const handler = async ({ Records }) => {
  if (Records.some((record) => record.dynamodb.Keys.SK.S.startsWith('poison'))) throw new Error('Poison.');
};`;

/** Reports what is called poison. */
const REPORT_POISON = `export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter((record) => record.dynamodb.Keys.SK.S.startsWith('poison'))
    .map((record) => ({ itemIdentifier: record.dynamodb.SequenceNumber }))
    .reverse(),
});`;

const ON_FAILURE = { DestinationConfig: { OnFailure: { Destination: QUEUE_ARN } } };
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
/** All records of a test come in one batch: the window ends when it is full. */
const inOneBatch = (BatchSize: number) => ({ BatchSize, MaximumBatchingWindowInSeconds: 300 });

const putAll = async (lab: MappingLab, ...keys: readonly string[]): Promise<void> => {
  for (const SK of keys) await lab.put({ PK: 'pad', SK });
};

const failures = (lab: MappingLab) =>
  waitFor('a failure in the queue', () => {
    const found = lab.failures();
    return found.length > 0 ? found : undefined;
  });

const batches = (lab: MappingLab): string[] =>
  lab.invocations.map(({ records }) => sortKeys(records).join(' '));

describe('a failing batch', () => {
  test('is tried again until its retries are used up, then the queue is told', async () => {
    const lab = await startLab({
      code: FAIL_ON_POISON,
      properties: { ...ON_FAILURE, BatchSize: 1, MaximumRetryAttempts: 2 },
    });
    await putAll(lab, 'poison', 'next');
    const [failure] = await failures(lab);
    const [{ records: [record] = [] } = { records: [] }] = lab.invocations;
    const arrival = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(failure).toEqual({
      requestContext: {
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionArn: FUNCTION_ARN,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      DDBStreamBatchInfo: {
        shardId: expect.stringMatching(/^shardId-\d{20}-[0-9a-f]{8}$/),
        startSequenceNumber: record?.dynamodb.SequenceNumber,
        endSequenceNumber: record?.dynamodb.SequenceNumber,
        approximateArrivalOfFirstRecord: arrival,
        approximateArrivalOfLastRecord: arrival,
        batchSize: 1,
        streamArn: streamArnOf(lab.tableName),
      },
    });
    await waitFor('what is behind', () => lab.delivered().includes('next'));
    expect(batches(lab)).toEqual(['poison', 'poison', 'poison', 'next']);
    expect(lab.retries).toEqual([1, 2]);
    expect(lab.logged).toContainEqual(
      expect.objectContaining({ message: 'stream records discarded', mapping: 'Test/Mapping' }),
    );
  });

  test('blocks its shard for as long as retries are unlimited', async () => {
    const lab = await startLab({ code: FAIL_ON_POISON, properties: { BatchSize: 1 } });
    await putAll(lab, 'poison', 'behind');
    await waitFor('many retries', () => lab.retries.length > 20);
    expect(new Set(batches(lab))).toEqual(new Set(['poison']));
  });

  test('is cut in two until only the poison is left', async () => {
    const lab = await startLab({
      code: FAIL_ON_POISON,
      properties: {
        ...ON_FAILURE,
        ...inOneBatch(5),
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
      },
    });
    await putAll(lab, 'a', 'b', 'poison', 'c', 'd');
    const [failure] = await failures(lab);
    await waitFor('the rest', () => lab.delivered().length === 4);
    expect(lab.delivered()).toEqual(['a', 'b', 'c', 'd']);
    expect(batches(lab)).toEqual([
      'a b poison c d',
      'a b poison',
      'a b',
      'poison',
      'poison',
      'c d',
    ]);
    expect(failure?.DDBStreamBatchInfo).toMatchObject({ batchSize: 1 });
    // Cutting uses no retry up: one attempt and one more.
    expect(failure?.requestContext).toMatchObject({ approximateInvokeCount: 2 });
  });

  test('is discarded as a whole when it may not be cut', async () => {
    const lab = await startLab({
      code: FAIL_ON_POISON,
      properties: { ...ON_FAILURE, ...inOneBatch(3), MaximumRetryAttempts: 0 },
    });
    await putAll(lab, 'a', 'poison', 'b');
    const [failure] = await failures(lab);
    expect(failure?.DDBStreamBatchInfo).toMatchObject({ batchSize: 3 });
    expect(batches(lab)).toEqual(['a poison b']);
  });
});

describe('reported failures', () => {
  test('begin the next try at the first of them, with all retries', async () => {
    const lab = await startLab({
      code: REPORT_POISON,
      properties: { ...ON_FAILURE, ...REPORTS, ...inOneBatch(3), MaximumRetryAttempts: 3 },
    });
    await putAll(lab, 'a', 'b', 'poison');
    const [failure] = await failures(lab);
    // As recorded: five times in all, but four since the others were done.
    expect(batches(lab)).toEqual(['a b poison', 'poison', 'poison', 'poison', 'poison']);
    expect(failure).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 4 },
      responseContext: { functionError: null },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
  });

  test('begin at the lowest of several', async () => {
    const lab = await startLab({
      code: REPORT_POISON,
      properties: { ...ON_FAILURE, ...REPORTS, ...inOneBatch(4), MaximumRetryAttempts: 0 },
    });
    await putAll(lab, 'a', 'poison 1', 'b', 'poison 2');
    await failures(lab);
    expect(batches(lab)).toEqual(['a poison 1 b poison 2', 'poison 1 b poison 2']);
  });

  test('are ignored unless the mapping asks for them', async () => {
    const lab = await startLab({ code: REPORT_POISON, properties: { BatchSize: 1 } });
    await putAll(lab, 'poison', 'next');
    await waitFor('both', () => lab.delivered().length === 2);
    expect(batches(lab)).toEqual(['poison', 'next']);
  });

  test('let a batch be cut when nothing of it is done', async () => {
    const lab = await startLab({
      code: REPORT_POISON,
      properties: {
        ...ON_FAILURE,
        ...REPORTS,
        ...inOneBatch(4),
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 0,
      },
    });
    await putAll(lab, 'poison', 'a', 'b', 'c');
    await failures(lab);
    await waitFor('the rest', () => batches(lab).includes('b c'));
    expect(batches(lab)).toEqual(['poison a b c', 'poison a', 'poison', 'a', 'b c']);
  });
});

describe('records', () => {
  test('too old are discarded without an invocation', async () => {
    let offsetMs = 0;
    const lab = await startLab({
      code: FAIL_ON_POISON,
      properties: { ...ON_FAILURE, BatchSize: 1, MaximumRecordAgeInSeconds: 60 },
      clock: () => Date.now() + offsetMs,
    });
    await putAll(lab, 'fresh');
    await waitFor('a fresh one', () => lab.delivered().length === 1);
    offsetMs = 62_000;
    await putAll(lab, 'old');
    const [failure] = await failures(lab);
    expect(failure?.requestContext).toMatchObject({
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: 0,
    });
    expect(failure).not.toHaveProperty('responseContext');
    expect(batches(lab)).toEqual(['fresh']);
  });

  test('are discarded when they grow too old between retries', async () => {
    let offsetMs = 0;
    const lab = await startLab({
      code: FAIL_ON_POISON,
      properties: { ...ON_FAILURE, BatchSize: 1, MaximumRecordAgeInSeconds: 60 },
      clock: () => Date.now() + offsetMs,
    });
    await putAll(lab, 'poison');
    await waitFor('some retries', () => lab.retries.length > 3);
    offsetMs = 62_000;
    const [failure] = await failures(lab);
    expect(failure).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded' },
      responseContext: { functionError: 'Unhandled' },
    });
  });

  test('wait, without using up retries, while the function can not be invoked', async () => {
    const lab = await startLab({
      code: 'export const handler = async () => {};',
      properties: { ...ON_FAILURE, BatchSize: 1, MaximumRetryAttempts: 0 },
      refuseFirst: 3,
    });
    await putAll(lab, 'a');
    await waitFor('it', () => lab.delivered().length === 1);
    expect(lab.retries).toEqual([1, 2, 3]);
    expect(lab.failures()).toEqual([]);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { Deliver } from '#local/cloud/events/deliver.ts';
import { createLane, type QueuedRecord } from '#local/cloud/events/lane.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const record = (number: number, text = '{}'): QueuedRecord => ({
  sequenceNumber: String(number),
  createdAtSeconds: 0,
  text,
});

function makeLane(deliver: Deliver, batchSize = 10) {
  const errors: unknown[] = [];
  const lane = createLane({
    batchSize,
    batchingWindowSeconds: 0,
    deliver,
    onProgress: () => {},
    onError: (error) => errors.push(error),
    signal: new AbortController().signal,
  });
  return { lane, errors };
}

describe('a lane', () => {
  test('makes no event larger than an invocation may be', async () => {
    const batches: number[] = [];
    const { lane } = makeLane(async (batch, done) => {
      await Promise.resolve();
      batches.push(batch.length);
      done(batch.length);
    });
    const megabytes = (count: number) => JSON.stringify('x'.repeat(count * 1024 * 1024));
    for (let one = 1; one <= 5; one += 1) lane.add(record(one, megabytes(2)));
    await lane.idle();
    expect(batches).toEqual([2, 2, 1]);
  });

  test('tries a batch again that could be neither delivered nor discarded', async () => {
    let attempts = 0;
    const { lane, errors } = makeLane(async (batch, done) => {
      attempts += 1;
      if (attempts === 1) throw new Error('The disk is full.');
      done(batch.length);
    });
    lane.add(record(1));
    await waitFor('it', () => lane.waiting() === 0);
    expect(attempts).toBe(2);
    expect(errors).toEqual([new Error('The disk is full.')]);
  });

  test('says which record is the first that is not done', async () => {
    let allowed = 0;
    const { lane } = makeLane(async ([first], done) => {
      await waitFor('leave', () => Number(first?.sequenceNumber) <= allowed);
      done(1);
    }, 1);
    lane.add(record(1));
    lane.add(record(2));
    expect(lane.first()?.sequenceNumber).toBe('1');
    allowed = 1;
    await waitFor('the next', () => lane.first()?.sequenceNumber === '2');
    allowed = 2;
    await waitFor('the end', () => lane.first() === undefined);
  });
});

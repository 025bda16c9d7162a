import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { Deliver } from '#local/cloud/events/deliver.ts';
import { createLane, type LaneOptions, type QueuedRecord } from '#local/cloud/events/lane.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const record = (number: number, text = '{}'): QueuedRecord => ({
  sequenceNumber: String(number),
  createdAtSeconds: 0,
  text,
});

function makeLane(
  deliver: Deliver,
  { batchSize = 10, batchingWindowSeconds = 0, redelivery }: Partial<LaneOptions> = {},
) {
  const stopping = new AbortController();
  const errors: unknown[] = [];
  const lane = createLane({
    batchSize,
    batchingWindowSeconds,
    redelivery,
    deliver,
    onProgress: () => {},
    onError: (error) => errors.push(error),
    signal: stopping.signal,
  });
  return { lane, errors, stopping };
}

describe('a lane', () => {
  test('delivers an older batch again with a later one, when that is the fault asked for', async () => {
    const delivered: string[] = [];
    const note = (what: string, batch: readonly QueuedRecord[]): void => {
      delivered.push(`${what} ${batch.map(({ sequenceNumber }) => sequenceNumber)}`);
    };
    const asked: number[] = [];
    const redelivers = (batches: number): number | undefined => {
      asked.push(batches);
      return batches === 2 ? 0 : undefined;
    };
    const redeliver = (batch: readonly QueuedRecord[]): void => note('again', batch);
    const deliver: Deliver = async (batch, done) => {
      await nextTurn();
      note('first', batch);
      done(batch.length);
    };
    const options = { batchSize: 1, redelivery: { faults: { redelivers }, redeliver } };
    const { lane } = makeLane(deliver, options);
    for (let one = 1; one <= 3; one += 1) lane.add(record(one));
    await lane.idle();
    expect(asked).toEqual([1, 2]);
    expect(delivered).toEqual(['first 1', 'first 2', 'again 1', 'first 3']);
  });

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
    const { lane } = makeLane(
      async ([first], done) => {
        await waitFor('leave', () => Number(first?.sequenceNumber) <= allowed);
        done(1);
      },
      { batchSize: 1 },
    );
    lane.add(record(1));
    lane.add(record(2));
    expect(lane.first()?.sequenceNumber).toBe('1');
    allowed = 1;
    await waitFor('the next', () => lane.first()?.sequenceNumber === '2');
    allowed = 2;
    await waitFor('the end', () => lane.first() === undefined);
  });

  test('waits until a batch is full', async () => {
    const { lane, batches } = makeCollectingLane({ batchSize: 3, batchingWindowSeconds: 300 });
    lane.add(record(1));
    await letOthersRun();
    lane.add(record(2));
    await letOthersRun();
    expect(batches).toEqual([]);
    lane.add(record(3));
    lane.add(record(4));
    await waitFor('a batch', () => batches.length > 0);
    await letOthersRun();
    expect(batches).toEqual([['1', '2', '3']]);
    expect(lane.waiting()).toBe(1);
  });

  test('waits until the window of a batch ends', async () => {
    const { lane, batches } = makeCollectingLane({ batchingWindowSeconds: 0.05 });
    lane.add(record(1));
    await letOthersRun();
    lane.add(record(2));
    expect(batches).toEqual([]);
    await waitFor('a batch', () => batches.length > 0);
    expect(batches).toEqual([['1', '2']]);
  });

  test('waits no longer when it is stopped, and keeps what it has', async () => {
    const { lane, batches, stopping } = makeCollectingLane({ batchingWindowSeconds: 300 });
    lane.add(record(1));
    await letOthersRun();
    stopping.abort();
    await lane.idle();
    expect(batches).toEqual([]);
    expect(lane.waiting()).toBe(1);
  });
});

function makeCollectingLane(options: { batchSize?: number; batchingWindowSeconds: number }) {
  const batches: string[][] = [];
  const made = makeLane(async (batch, done) => {
    made.stopping.signal.throwIfAborted();
    batches.push(batch.map(({ sequenceNumber }) => sequenceNumber));
    done(batch.length);
  }, options);
  return { ...made, batches };
}

async function letOthersRun(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
}

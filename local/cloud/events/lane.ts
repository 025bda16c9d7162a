import { setTimeout as sleep } from 'node:timers/promises';
import type { Deliver } from './deliver.ts';
import type { StreamFaults } from './faults.ts';

/** A record that waits for its function. */
export interface QueuedRecord {
  /** 21 digits. */
  readonly sequenceNumber: string;
  readonly createdAtSeconds: number;
  /** The record as JSON: it is made once. */
  readonly text: string;
}

/** Delivers records one batch after the other, in the order they came. */
export interface Lane {
  add(record: QueuedRecord): void;
  /** The first record that isn't done. */
  first(): QueuedRecord | undefined;
  waiting(): number;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

export interface LaneOptions {
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly deliver: Deliver;
  /** Called when records are done. */
  readonly onProgress: () => void;
  /** Called when a batch could be neither delivered nor discarded: it is tried again. */
  readonly onError: (error: unknown) => void;
  readonly redelivery?: Redelivery | undefined;
  /** Ends everything but a running invocation. */
  readonly signal: AbortSignal;
}

/** Older batches that come again. */
export interface Redelivery {
  readonly faults: StreamFaults;
  readonly redeliver: (batch: readonly QueuedRecord[]) => void;
}

/** What an invocation takes, less what is around the records: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_BATCH_BYTES = 6 * 1024 * 1024 - 1024;

export function createLane(options: LaneOptions): Lane {
  const { batchSize, batchingWindowSeconds, onProgress, onError, signal } = options;
  const deliver = withRedelivery(options);
  const queue: QueuedRecord[] = [];
  let running: Promise<void> | undefined;
  let onFull: (() => void) | undefined;
  const isFull = (): boolean =>
    queue.length >= batchSize || countFitting(queue, batchSize) < queue.length;
  /** Until a batch is full, its first record has waited long enough, or all is stopped. */
  const collect = async (): Promise<void> => {
    if (batchingWindowSeconds === 0 || isFull()) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, 1000 * batchingWindowSeconds).unref();
      signal.addEventListener('abort', end);
      onFull = end;
    });
    onFull = undefined;
  };
  const deliverBatch = async (): Promise<void> => {
    await collect();
    const batch = queue.slice(0, countFitting(queue, batchSize));
    try {
      await deliver(batch, (count) => {
        queue.splice(0, count);
        onProgress();
      });
    } catch (error) {
      if (signal.aborted) return;
      onError(error);
      await sleep(RETRY_AFTER_MS, undefined, { ref: false });
    }
  };
  const run = async (): Promise<void> => {
    while (queue.length > 0 && !signal.aborted) await deliverBatch();
    running = undefined;
  };
  return {
    add(record) {
      queue.push(record);
      if (isFull()) onFull?.();
      running ??= run();
    },
    first: () => queue[0],
    waiting: () => queue.length,
    idle: async () => running,
  };
}

const RETRY_AFTER_MS = 1_000;

/** Delivers, and now and then an older batch at the same time. */
function withRedelivery({ deliver, redelivery }: LaneOptions): Deliver {
  if (!redelivery) return deliver;
  const old: (readonly QueuedRecord[])[] = [];
  return async (batch, done) => {
    const index = old.length > 0 ? redelivery.faults.redelivers?.(old.length) : undefined;
    const again = index === undefined ? undefined : old[index];
    if (again) redelivery.redeliver(again);
    await deliver(batch, done);
    old.push(batch);
    if (old.length > KEPT_BATCHES) old.shift();
  };
}

const KEPT_BATCHES = 5;

/** How many records, from the first on, make one event; always one. */
function countFitting(queue: readonly QueuedRecord[], batchSize: number): number {
  let bytes = 0;
  const tooMany = queue.slice(0, batchSize).findIndex(({ text }, index) => {
    bytes += Buffer.byteLength(text) + 1;
    return index > 0 && bytes > MAX_BATCH_BYTES;
  });
  return tooMany < 0 ? Math.min(queue.length, batchSize) : tooMany;
}

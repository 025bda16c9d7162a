import type { Follow } from '#live/stream/follow.ts';
import { padIdOf } from '#live/stream/readRecord.ts';
import type { StreamRecord } from '#live/stream/streamRecord.ts';
import { createStreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import type { Dice } from './dice.ts';

export interface StreamOptions {
  readonly endpoint: string;
  readonly tableName: string;
  readonly dice: Dice;
  readonly newInstance: () => Follow;
}

const SHARDS = 3;
const BATCH = 25;

/**
 * Hands a table's stream over as Lambda does: in order by shard, a pad in one of them, at least once.
 * A batch that failed comes again, and old ones come again beside it.
 */
export async function followStream({ endpoint, tableName, dice, newInstance }: StreamOptions) {
  const reader = createStreamReader({ endpoint, tableName });
  const shards = Array.from({ length: SHARDS }, () => createShard(dice, newInstance));
  let stopped = false;
  let { position } = await reader.read('LATEST');
  const run = async (): Promise<void> => {
    while (!stopped) {
      const page = await reader.read(position);
      position = page.position;
      for (const record of page.records as readonly StreamRecord[]) {
        const padId = padIdOf(record) ?? '';
        shards[padId.charCodeAt(padId.length - 1) % SHARDS]?.add(record);
      }
      if (page.records.length === 0) await new Promise((resolve) => setTimeout(resolve, 3));
    }
    reader.close();
  };
  const running = run();
  return {
    isIdle: () => shards.every((shard) => shard.isIdle()),
    async stop() {
      stopped = true;
      await running;
    },
  };
}

function createShard(dice: Dice, newInstance: () => Follow) {
  const waiting: StreamRecord[] = [];
  let old: readonly StreamRecord[] = [];
  let isRunning = false;
  let follow = newInstance();
  const handOver = async (batch: readonly StreamRecord[]): Promise<readonly StreamRecord[]> => {
    if (dice.hits(0.05)) follow = newInstance();
    // An invocation nobody waits for any more, with what was handed over long ago.
    if (old.length > 0 && dice.hits(0.15)) newInstance()({ Records: old }).catch(() => undefined);
    const { batchItemFailures } = await follow({ Records: batch });
    const failed = batchItemFailures.map(({ itemIdentifier }) =>
      batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier),
    );
    return failed.length > 0 ? batch.slice(Math.min(...failed)) : [];
  };
  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      let left: readonly StreamRecord[] = batch;
      while (left.length > 0) left = await handOver(left);
      old = batch;
    }
    isRunning = false;
  };
  return {
    isIdle: () => !isRunning && waiting.length === 0,
    add(record: StreamRecord) {
      waiting.push(record);
      void run();
    },
  };
}

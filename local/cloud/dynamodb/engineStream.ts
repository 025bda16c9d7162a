import type { CallEngine } from './engineApi.ts';
import { findTimeToLive } from './findTable.ts';
import type { StreamRecord } from './streamRecord.ts';

/** A table's stream in the engine's own numbers: 1, 2, 3 … */
export interface EngineStream {
  readonly tableName: string;
  readonly timeToLiveAttribute: string | undefined;
  /** Seconds since 1970. */
  readonly startedAt: number;
  /** The last record's number; 0 when there is none. */
  latest(): Promise<number>;
  records(after: number, limit: number): Promise<readonly StreamRecord[]>;
  /** 21 digits, as DynamoDB's sequence numbers have them. */
  toPosition(number: number): string;
  /** The number to read after. */
  fromPosition(position: string): number;
}

/** Milliseconds since 1970, until 2286. */
const START_DIGITS = 13;
const NUMBER_DIGITS = 8;

/** @throws EngineError or Error when the table has no stream we could read */
export async function openStream(call: CallEngine, tableName: string): Promise<EngineStream> {
  const { StreamArn, ShardId, startedAtMs } = await findShard(call, tableName);
  const iteratorOf = async (input: object): Promise<unknown> => {
    const { ShardIterator } = await call('GetShardIterator', { StreamArn, ShardId, ...input });
    return ShardIterator;
  };
  // A stream that was copied into a new file begins at 1 again: the time it began makes its
  // positions come after the old ones.
  const prefix = String(startedAtMs).padStart(START_DIGITS, '0');
  return {
    tableName,
    timeToLiveAttribute: await findTimeToLive(call, tableName),
    startedAt: Math.floor(startedAtMs / 1000),
    latest: async () => readPosition(await iteratorOf({ ShardIteratorType: 'LATEST' })),
    async records(after, limit) {
      const ShardIterator = await iteratorOf({
        ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
        SequenceNumber: String(after),
      });
      const { Records } = await call('GetRecords', { ShardIterator, Limit: limit });
      return Records as readonly StreamRecord[];
    },
    toPosition: (number) => `${prefix}${String(number).padStart(NUMBER_DIGITS, '0')}`,
    fromPosition(position) {
      if (!/^\d{21}$/.test(position)) {
        throw new TypeError(`Expected a position of 21 digits, got ${JSON.stringify(position)}.`);
      }
      return position.startsWith(prefix) ? Number(position.slice(START_DIGITS)) : 0;
    },
  };
}

async function findShard(call: CallEngine, TableName: string) {
  const { Table } = await call('DescribeTable', { TableName });
  const StreamArn: unknown = Object(Table).LatestStreamArn;
  if (typeof StreamArn !== 'string') throw new Error(`Expected ${TableName} to have a stream.`);
  const { StreamDescription } = await call('DescribeStream', { StreamArn });
  // The range of numbers it tells is compared as text and says that the shard is closed: no use.
  const { Shards = [] } = Object(StreamDescription);
  if (Shards.length !== 1) {
    throw new Error(
      `Expected the stream of ${TableName} to have one shard, as the embedded engine's have, got ${Shards.length}.`,
    );
  }
  // `…/stream/1795158613.155794143`
  const [seconds = '', nanoseconds = ''] = StreamArn.slice(StreamArn.lastIndexOf('/') + 1).split(
    '.',
  );
  const startedAtMs = Number(`${seconds}${nanoseconds.slice(0, 3)}`);
  return { StreamArn, ShardId: Shards[0].ShardId, startedAtMs };
}

/** The engine tells the last number nowhere else than in its iterators. */
function readPosition(iterator: unknown): number {
  const { position } = JSON.parse(Buffer.from(String(iterator), 'base64').toString());
  if (Number.isSafeInteger(position)) return position;
  throw new Error("Expected an iterator of the embedded engine's.");
}

import { createHash } from 'node:crypto';
import type { StreamRecord } from '#local/cloud/dynamodb/streamRecord.ts';

/** The engine's streams have one shard; a new table on demand has four partitions on AWS, and so its stream four shards. */
export const SHARDS = 4;

export interface Sharding {
  readonly partitionKey: string;
  /** Lanes of one shard. */
  readonly parallelizationFactor: number;
}

/** What is delivered one after the other: a shard, or one of its parallel lanes. */
export const laneCount = ({ parallelizationFactor }: Sharding): number =>
  SHARDS * parallelizationFactor;

/** All records of an item are in the same lane; those of a partition in lanes of the same shard. */
export function laneOf({ dynamodb: { Keys } }: StreamRecord, sharding: Sharding): number {
  const { partitionKey, parallelizationFactor } = sharding;
  const shard = hash(Keys[partitionKey]) % SHARDS;
  const lane = parallelizationFactor === 1 ? 0 : hash(sorted(Keys)) % parallelizationFactor;
  return shard * parallelizationFactor + lane;
}

const sorted = (keys: object): unknown =>
  Object.entries(keys).sort(([one], [other]) => (one < other ? -1 : 1));

const hash = (value: unknown): number =>
  createHash('sha256').update(JSON.stringify(value)).digest().readUInt32BE();

/** As DynamoDB's look: twenty digits and eight hexadecimal ones. */
export function shardIdOf(lane: number, { parallelizationFactor }: Sharding): string {
  const shard = Math.floor(lane / parallelizationFactor);
  return `shardId-${String(shard).padStart(20, '0')}-00000000`;
}

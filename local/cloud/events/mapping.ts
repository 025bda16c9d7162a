import type { Statement } from '#local/cloud/iam/policy.ts';
import type { ResourceName } from '#local/cloud/template/template.ts';
import type { Filter } from './filter.ts';

/** An event source mapping of a table's stream, as Lambda has it. */
export interface MappingDefinition {
  readonly name: ResourceName;
  /** A disabled one isn't started and keeps its place. */
  readonly isEnabled: boolean;
  readonly streamArn: string;
  readonly tableName: string;
  /** The attribute whose values decide which shard an item's records are in. */
  readonly partitionKey: string;
  readonly functionArn: string;
  /** The function's: the mapping acts in its name. */
  readonly role: { readonly name: string; readonly statements: readonly Statement[] };
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON';
  /** Records in one invocation at most. */
  readonly batchSize: number;
  /** How long records are collected; 0 doesn't wait. */
  readonly batchingWindowSeconds: number;
  /** What doesn't match is passed over. */
  readonly filter: Filter;
  /** How often a batch is tried again after a failure; Infinity for ever. */
  readonly retryAttempts: number;
  /** Older records are discarded; Infinity for none. */
  readonly recordAgeSeconds: number;
  /** Whether a failed batch is cut in two. */
  readonly bisects: boolean;
  /** Whether the function's answer says which records failed: ReportBatchItemFailures. */
  readonly reportsFailures: boolean;
  /** The queue that hears of discarded records. */
  readonly onFailureArn: string | undefined;
  /** Batches of one shard that run at the same time. */
  readonly parallelizationFactor: number;
}

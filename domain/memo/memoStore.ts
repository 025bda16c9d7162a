import type { Memo, MemoSummary } from './memo.ts';
import type { MemoKey } from './memoId.ts';
import type { PlaceRange } from './place.ts';

/** WRITTEN, or why not: a memo with this ulid is there already, or a purged one's tombstone. */
export type CreateOutcome =
  | { readonly outcome: 'WRITTEN' }
  | { readonly outcome: 'EXISTS'; readonly memo: Memo }
  | { readonly outcome: 'PURGED' };

/** WRITTEN, or OVERTAKEN by another write: `memo` is what is there instead, null when nothing is. */
export type ReplaceOutcome =
  | { readonly outcome: 'WRITTEN' }
  | { readonly outcome: 'OVERTAKEN'; readonly memo: Memo | null };

/** Which summaries to read: at most `limit` of those in the range. */
export interface ListRequest {
  readonly padId: string;
  readonly range: PlaceRange;
  /** From the greatest place down, which is the newest change first, or from the smallest up. */
  readonly order: 'NEWEST_FIRST' | 'OLDEST_FIRST';
  readonly limit: number;
}

export interface SummarySlice {
  readonly summaries: readonly MemoSummary[];
  /** Whether the range may hold more behind the last summary. */
  readonly more: boolean;
}

/** What may be purged, and what is left of it. */
export interface BuryRequest extends MemoKey {
  /** A memo that was put into the trash at this time or before counts as purged already. */
  readonly expiredSince: string;
  /** Only at this version; at any when left out. */
  readonly version?: number | undefined;
  /** When the tombstone may go, in seconds since 1970. */
  readonly tombstoneEnds: number;
}

/** What it takes to show memos. Reads are strongly consistent; tombstones are never seen, memos whose time in the trash is over are. */
export interface MemoReader {
  /** Null when there is none. */
  read(key: MemoKey): Promise<Memo | null>;
  /** Many memos, in the order asked for. */
  readMany(keys: readonly MemoKey[]): Promise<(Memo | null)[]>;
  /** One query. */
  list(request: ListRequest): Promise<SummarySlice>;
}

/** What the table offers for memos. Each write is one conditional write. */
export interface MemoStore extends MemoReader {
  /** Writes a memo whose ulid was never used. */
  create(memo: Memo): Promise<CreateOutcome>;
  /** Writes a memo over its version `overVersion`. */
  replace(memo: Memo, overVersion: number): Promise<ReplaceOutcome>;
  /** Puts a tombstone, one version further and without content, in a memo's place; false when there was nothing to bury. */
  bury(request: BuryRequest): Promise<boolean>;
}

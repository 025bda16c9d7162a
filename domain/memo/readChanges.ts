import type { Change } from './change.ts';
import type { Memo } from './memo.ts';

/** A change with the memo as it is now; null when it is purged, when memos were not asked for, and for a change of a pad. */
export interface ChangeWithMemo extends Change {
  readonly memo: Memo | null;
}

/** A stretch of a pad's change log, as Query.memoChanges answers it. */
export interface ChangeBatch {
  readonly padId: string;
  /** The cursor it starts behind. */
  readonly from: string;
  /** The cursor it reaches. */
  readonly to: string;
  /** Whether it reaches the end of the log. */
  readonly caughtUp: boolean;
  /** Whether the changes since `from` can't be told any more: there are none in it, `to` is the log's end. */
  readonly reset: boolean;
  readonly changes: readonly ChangeWithMemo[];
}

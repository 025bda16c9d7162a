import type { Change } from './change.ts';

/** A position in a pad's change log: behind the change `seq`, 0 at its start. */
export interface LogPosition {
  /** Names the log: another one has another epoch. `0` for a pad that has no log yet. */
  readonly epoch: string;
  readonly seq: number;
}

/** Where a log ends. */
export type LogHead = LogPosition;

/** A change with what its readers are not told. */
export interface LoggedChange extends Change {
  /** Of the log it is in. */
  readonly epoch: string;
  /** The sequence number of the stream record it comes from, 40 digits. */
  readonly source: string;
  /** Whose membership in this pad it ended; null for any other change. */
  readonly leftUserId: string | null;
}

/** What the table offers of the change logs. Reads are strongly consistent. */
export interface ChangeLog {
  /** Where a pad's log ends, or a little before; of a pad without a log the start of none, `0` and 0. */
  head(padId: string): Promise<LogHead>;
  /**
   * The changes behind `afterSeq`, at most `limit` of them, in order. Those older than 7 days are gone,
   * so that the first may be later than `afterSeq + 1`; from the first one on there is no hole.
   */
  read(padId: string, afterSeq: number, limit: number): Promise<readonly LoggedChange[]>;
}

import type { LoggedChange, LogHead } from '#domain/memo/changeLog.ts';

/** A log's end as it is kept: a cache of what the log itself says, never ahead of it. */
export interface StoredHead extends LogHead {
  /** The greatest source among the changes up to here that came from the pad's own records; empty for none. */
  readonly lastSource: string;
  /** Up to here watchers were sent everything. */
  readonly pushed: number;
}

/** APPENDED, or TAKEN: another change has this number already, read it and go on behind it. */
export type AppendOutcome = 'APPENDED' | 'TAKEN';

/** What the sequencer and drains do with change logs, beside reading them. */
export interface ChangeLogWrites {
  storedHead(padId: string): Promise<StoredHead>;
  /** The commit of a change: one conditional write. */
  append(change: LoggedChange): Promise<AppendOutcome>;
  /** Like `append`, for a change that comes from another pad's record; KNOWN when that record is in this log already. */
  appendForeign(change: LoggedChange): Promise<AppendOutcome | 'KNOWN'>;
  /** Moves the head up to here, unless it is further already. */
  moveHead(padId: string, head: Omit<StoredHead, 'pushed'>): Promise<void>;
  /** Notes that watchers were sent everything up to `seq`, unless it is noted of more already. */
  markPushed(padId: string, seq: number): Promise<void>;
}

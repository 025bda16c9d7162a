import { areOfOneLog, readCursor } from './cursor.ts';

/** What the client reads of a `MemoChangeBatch`; the rest is the caller's. */
export interface Batch {
  readonly padId?: string;
  /** The cursor before the first change in it. */
  readonly from: string;
  /** The cursor after the last change in it. */
  readonly to: string;
  readonly caughtUp?: boolean;
  readonly reset?: boolean;
}

/** What a subscription has taken so far. */
export interface Progress {
  /** The cursor after the last change the caller got. */
  readonly cursor: unknown;
  /** Whether nothing has come over this connection yet. */
  readonly isFresh: boolean;
  /** Whether the caller knows that it is live, on this connection. */
  readonly isCaughtUp: boolean;
}

/** TAKE it without its first `skip` changes, DROP it as known already, or there is a GAP before it. */
export type Verdict =
  | { readonly kind: 'TAKE'; readonly skip: number }
  | { readonly kind: 'DROP' | 'GAP' };

/** Whether a batch continues what the caller has got. */
export function judge({ cursor, isFresh, isCaughtUp }: Progress, batch: Batch): Verdict {
  const here = readCursor(cursor);
  const from = readCursor(batch.from);
  const to = readCursor(batch.to);
  if (!from || !to) return GAP;
  if (!here) return TAKE;
  const isOneLog = areOfOneLog(here, to);
  // The first word of a connection is always right, even when it leads back: the log was lost.
  if (batch.reset) return isFresh || !isOneLog || to.seq > here.seq ? TAKE : DROP;
  if (!isOneLog || from.seq > here.seq) return GAP;
  if (to.seq > here.seq) return { kind: 'TAKE', skip: here.seq - from.seq };
  const isNews = batch.caughtUp && !isCaughtUp && from.seq === here.seq;
  return isNews ? TAKE : DROP;
}

const TAKE = { kind: 'TAKE', skip: 0 } as const;
const DROP = { kind: 'DROP' } as const;
const GAP = { kind: 'GAP' } as const;

/** The batch without its first changes, whatever name the caller gave to the list: a log has no holes, so they can be counted. */
export function withoutFirst<Whole extends Batch>(batch: Whole, count: number): Whole {
  if (count === 0) return batch;
  const entries = Object.entries(batch).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.slice(count) : value,
  ]);
  return Object.fromEntries(entries);
}

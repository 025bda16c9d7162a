import { NO_LOG } from '#domain/memo/changeCursor.ts';
import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';
import type { AppendOutcome, ChangeLogWrites } from '#table/live/changeLogStore.ts';

/** A change that has no place in a log yet. */
export type NewChange = Omit<LoggedChange, 'seq' | 'epoch' | 'padId'>;

/** The end of one pad's log, as far as this batch knows it: others may append at the same time. */
export interface Tail {
  /** What this batch has appended, and what it found appended by others, in order. */
  readonly changes: readonly LoggedChange[];
  /** Whether nothing was known of the log before: it begins with this batch, or hasn't got a head. */
  readonly isFirst: boolean;
  /** Whether this record, or a later one of this pad, is in the log. */
  has(source: string): boolean;
  /** Appends a change that comes from one of the pad's own records, unless it is there already. */
  append(change: NewChange): Promise<void>;
  /** Appends a change that comes from a record of `aboutPadId`, unless it is there already. */
  appendForeign(change: NewChange): Promise<void>;
  /** Notes how far the log goes. What fails before is found again: the log itself is what counts. */
  close(): Promise<void>;
}

const READ_AT_ONCE = 100;

export async function openTail(
  log: ChangeLog & ChangeLogWrites,
  padId: string,
  newEpoch: () => string,
): Promise<Tail> {
  const head = await log.storedHead(padId);
  const epoch = head.epoch === NO_LOG.epoch ? newEpoch() : head.epoch;
  const end = { epoch, seq: head.seq, lastSource: head.lastSource };
  const changes: LoggedChange[] = [];
  const take = (change: LoggedChange): void => {
    changes.push(change);
    end.epoch = change.epoch;
    end.seq = change.seq;
    const isOwn = change.aboutPadId === null || change.aboutPadId === padId;
    if (isOwn && change.source > end.lastSource) end.lastSource = change.source;
  };
  /** Goes on behind what others have appended; a number that nobody is told of any more is passed by. */
  const rollForward = async (): Promise<void> => {
    const found = await log.read(padId, end.seq, READ_AT_ONCE);
    if (found.length === 0) end.seq += 1;
    for (const change of found) take(change);
  };
  const place = async <Outcome>(
    change: NewChange,
    put: (change: LoggedChange) => Promise<Outcome | AppendOutcome>,
    isThere: () => boolean,
  ): Promise<void> => {
    while (!isThere()) {
      const { epoch: ofLog, seq } = end;
      const placed = { ...change, padId, epoch: ofLog, seq: seq + 1 };
      const outcome = await put(placed);
      if (outcome === 'APPENDED') take(placed);
      if (outcome !== 'TAKEN') return;
      await rollForward();
    }
  };
  return {
    changes,
    isFirst: head.epoch === NO_LOG.epoch,
    has: (source) => source <= end.lastSource,
    append: (change) => place(change, log.append, () => change.source <= end.lastSource),
    appendForeign: (change) => place(change, log.appendForeign, () => false),
    async close() {
      if (end.seq > head.seq) await log.moveHead(padId, end);
    },
  };
}

import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { ChangeLog, LoggedChange } from '#domain/memo/changeLog.ts';
import { memoIdOf } from '#domain/memo/memoId.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { createUlid, type RandomBytes } from '#domain/viewer/ulid.ts';
import { limitInFlight } from '#live/push/inFlight.ts';
import type { ChangeLogWrites } from '#table/live/changeLogStore.ts';
import { type Entry, padIdOf, readRecord, sourceOf } from './readRecord.ts';
import type { StreamRecord } from './streamRecord.ts';
import { openTail, type Tail } from './tail.ts';

export interface SequencerOptions {
  readonly log: ChangeLog & ChangeLogWrites;
  /** The users who are members of a pad, now. */
  readonly membersOf: (padId: string) => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly report: Log;
}

export interface SequencedPads {
  /** The pads whose logs the batch is in now, each with the changes found or made behind its old end: all to be drained. */
  readonly pads: ReadonlyMap<string, readonly LoggedChange[]>;
  /** The sequence numbers, as they came, from which on a pad's records could not be sequenced. */
  readonly failures: readonly string[];
  /**
   * As `failures`, of pads whose heads could not be moved. Heads of logs that have one are moved while
   * the pads are drained: they are a cache, which may lag behind. To be awaited; never rejects.
   */
  readonly headsMoved: Promise<readonly string[]>;
}

export interface Sequencer {
  /** Gives each change its number in its pad's log: exactly one, however often a record comes. Never rejects. */
  sequence(records: readonly StreamRecord[]): Promise<SequencedPads>;
}

/**
 * Makes change logs out of the memo table's stream. A pad's records come in order, as they are of one
 * shard, but may come again. The log's row is the commit: a number is taken by whoever puts it first,
 * and everything else follows from the rows.
 */
export function createSequencer(options: SequencerOptions): Sequencer {
  return {
    async sequence(records) {
      const batch: Batch = { pads: new Map(), moves: [] };
      const byPad = groupByPad(records, options.report);
      const runs = [...byPad].map(([padId, ofPad]) => sequencePad(padId, ofPad, batch, options));
      const failures = numbersOf(await Promise.all(runs));
      return { pads: batch.pads, failures, headsMoved: Promise.all(batch.moves).then(numbersOf) };
    },
  };
}

function groupByPad(records: readonly StreamRecord[], report: Log): Map<string, StreamRecord[]> {
  const byPad = new Map<string, StreamRecord[]>();
  for (const record of records) {
    const padId = padIdOf(record);
    if (padId === null) {
      report({ level: 'error', message: 'record of no pad' });
      continue;
    }
    const known = byPad.get(padId);
    if (known) known.push(record);
    else byPad.set(padId, [record]);
  }
  return byPad;
}

type Pads = Map<string, LoggedChange[]>;

interface Batch {
  readonly pads: Pads;
  /** Moves of heads that are under way, each with the record to come again from if it fails. */
  readonly moves: Promise<StreamRecord | null>[];
}

function numbersOf(records: readonly (StreamRecord | null)[]): string[] {
  return records.flatMap((record) => (record ? [record.dynamodb?.SequenceNumber ?? ''] : []));
}

/** Gives the record at which it had to stop; what it did before counts. */
async function sequencePad(
  padId: string,
  records: readonly StreamRecord[],
  { pads, moves }: Batch,
  options: SequencerOptions,
): Promise<StreamRecord | null> {
  let [current = null] = records;
  const failAt = (record: StreamRecord | null) => (error: unknown) => {
    const { report } = options;
    report({ level: 'error', message: 'not sequenced', padId, error: describeUnexpected(error) });
    return record;
  };
  try {
    const tail = await open(padId, options);
    try {
      for (const record of records) {
        current = record;
        await sequenceRecord({ padId, tail, pads }, record, options);
      }
    } finally {
      addTo(pads, padId, tail.changes);
      const move = tail.close();
      // Before a log's first head is there nobody can tell that a cursor of it is good.
      if (tail.isFirst) await move;
      else moves.push(move.then(() => null, failAt(current)));
    }
    return null;
  } catch (error) {
    return failAt(current)(error);
  }
}

interface Place {
  readonly padId: string;
  readonly tail: Tail;
  readonly pads: Pads;
}

async function sequenceRecord(
  { padId, tail, pads }: Place,
  record: StreamRecord,
  options: SequencerOptions,
): Promise<void> {
  const entry = readRecord(record);
  if (!entry) return;
  const source = sourceOf(record);
  const { told, ulid, ...change } = entry;
  const users = told ? await tellers(padId, told.to, options) : [];
  // The others first: once the record is in its own pad's log it is skipped.
  if (!tail.has(source)) {
    await tellUsers(users, { padId, source, entry }, pads, options);
    const memoId = ulid === null ? null : memoIdOf({ padId, ulid });
    await tail.append({ ...change, source, memoId, aboutPadId: memoId === null ? padId : null });
  }
  // Also when it is not new: whoever came to here before may not have come to draining.
  for (const userId of users) addTo(pads, userId, []);
}

async function tellers(
  padId: string,
  to: string | 'ALL_MEMBERS',
  { membersOf }: SequencerOptions,
): Promise<readonly string[]> {
  return to === 'ALL_MEMBERS' ? membersOf(padId) : [to];
}

interface Telling {
  readonly padId: string;
  readonly source: string;
  readonly entry: Entry;
}

const TOLD_AT_ONCE = 10;

/** Tells all of them, some at a time. @throws what went wrong first, when all have ended */
async function tellUsers(
  users: readonly string[],
  telling: Telling,
  pads: Pads,
  options: SequencerOptions,
): Promise<void> {
  const take = limitInFlight(TOLD_AT_ONCE);
  const runs = users.map((userId) => take(() => tellUser(userId, telling, pads, options)));
  for (const run of await Promise.allSettled(runs)) if (run.status === 'rejected') throw run.reason;
}

/** Tells a user of a shared pad in the log of their personal pad, whose id is theirs. */
async function tellUser(
  userId: string,
  { padId, source, entry }: Telling,
  pads: Pads,
  options: SequencerOptions,
): Promise<void> {
  const tail = await open(userId, options);
  await tail.appendForeign({
    ...{ source, memoId: null, aboutPadId: padId, version: 0, leftUserId: null },
    kind: entry.told?.kind ?? entry.kind,
    truncated: entry.truncated,
  });
  await tail.close();
  addTo(pads, userId, tail.changes);
}

function open(padId: string, { log, clock, randomBytes }: SequencerOptions): Promise<Tail> {
  return openTail(log, padId, () => createUlid(clock(), randomBytes));
}

function addTo(pads: Pads, padId: string, changes: readonly LoggedChange[]): void {
  pads.set(padId, [...(pads.get(padId) ?? []), ...changes]);
}

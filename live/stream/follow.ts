import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { type CleanUp, deletedPads } from './cleanUp.ts';
import type { Drain } from './drain.ts';
import type { Sequencer } from './sequencer.ts';
import type { StreamAnswer, StreamEvent } from './streamRecord.ts';
import { TookTooLong, within } from './within.ts';

export interface FollowOptions {
  readonly sequencer: Sequencer;
  readonly drain: Drain;
  /** Has a pad drained by somebody else, until it is done. */
  readonly drainLater: (padId: string) => Promise<void>;
  /** Has a deleted pad's remains removed by somebody else; they stay when left out. */
  readonly cleanUpLater?: CleanUp | undefined;
  readonly report: Log;
  /** How long the pads of a batch may be drained for: milliseconds, 8,000 by default. */
  readonly drainWithinMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** What the stream function does with a batch: sequences it, then drains the pads it is of. */
export type Follow = (event: StreamEvent) => Promise<StreamAnswer>;

/** Many pads are in one lane of the stream: none may keep it from the others for longer. */
const DRAIN_WITHIN_MS = 8_000;

/**
 * Watchers never hold up the log: a pad that can't be drained now is left to the queue. Only when that
 * fails too the batch comes again, and with it the drain.
 */
export function createFollow(options: FollowOptions): Follow {
  const { sequencer, cleanUpLater = async () => undefined, report } = options;
  const drainNow = createDrainNow(options);
  return async ({ Records: records }) => {
    const { pads, failures, headsMoved } = await sequencer.sequence(records);
    const runs = await Promise.allSettled([
      ...[...pads].map(([padId, known]) => drainNow(padId, known)),
      ...deletedPads(records).map(cleanUpLater),
    ]);
    const left = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
    for (const error of left) {
      report({ level: 'error', message: 'not queued', error: describeUnexpected(error) });
    }
    const all = records[0]?.dynamodb?.SequenceNumber ?? '';
    const late = await headsMoved;
    const from = left.length > 0 ? [all] : [...failures, ...late];
    return { batchItemFailures: from.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** How long a pad that took too long is left to the queue at once. */
const LEFT_TO_QUEUE_MS = 60_000;
const MAX_REMEMBERED = 1_000;

function createDrainNow(options: FollowOptions) {
  const { drain, drainLater, report } = options;
  const { drainWithinMs = DRAIN_WITHIN_MS, clock = Date.now } = options;
  const leftUntilMs = new Map<string, number>();
  return async (padId: string, known: readonly LoggedChange[]): Promise<void> => {
    if (clock() < (leftUntilMs.get(padId) ?? 0)) return drainLater(padId);
    try {
      await within(drainWithinMs, (isOver) => drain(padId, known, isOver));
    } catch (error) {
      report({ level: 'warn', message: 'not drained', padId, error: describeUnexpected(error) });
      if (leftUntilMs.size >= MAX_REMEMBERED) leftUntilMs.clear();
      if (error instanceof TookTooLong) leftUntilMs.set(padId, clock() + LEFT_TO_QUEUE_MS);
      await drainLater(padId);
    }
  };
}

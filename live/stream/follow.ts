import type { Log } from '#domain/log.ts';
import type { LoggedChange } from '#domain/memo/changeLog.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { type CleanUp, deletedPads } from './cleanUp.ts';
import type { Drain } from './drain.ts';
import type { Sequencer } from './sequencer.ts';
import type { StreamAnswer, StreamEvent } from './streamRecord.ts';

export interface FollowOptions {
  readonly sequencer: Sequencer;
  readonly drain: Drain;
  /** Has a pad drained by somebody else, until it is done. */
  readonly drainLater: (padId: string) => Promise<void>;
  /** Has a deleted pad's remains removed by somebody else; they stay when left out. */
  readonly cleanUpLater?: CleanUp | undefined;
  readonly report: Log;
}

/** What the stream function does with a batch: sequences it, then drains the pads it is of. */
export type Follow = (event: StreamEvent) => Promise<StreamAnswer>;

/**
 * Watchers never hold up the log: a pad that can't be drained now is left to the queue. Only when that
 * fails too the batch comes again, and with it the drain.
 */
export function createFollow(options: FollowOptions): Follow {
  const { sequencer, drain, drainLater, cleanUpLater = async () => undefined, report } = options;
  const drainNow = async (padId: string, known: readonly LoggedChange[]): Promise<void> => {
    try {
      await drain(padId, known);
    } catch (error) {
      report({ level: 'warn', message: 'not drained', padId, error: describeUnexpected(error) });
      await drainLater(padId);
    }
  };
  return async ({ Records: records }) => {
    const { pads, failures } = await sequencer.sequence(records);
    const runs = await Promise.allSettled([
      ...[...pads].map(([padId, known]) => drainNow(padId, known)),
      ...deletedPads(records).map(cleanUpLater),
    ]);
    const left = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
    for (const error of left) {
      report({ level: 'error', message: 'not queued', error: describeUnexpected(error) });
    }
    const all = records[0]?.dynamodb?.SequenceNumber ?? '';
    const from = left.length > 0 ? [all] : failures;
    return { batchItemFailures: from.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

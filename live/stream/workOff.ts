import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import type { CleanUp } from './cleanUp.ts';
import type { Drain } from './drain.ts';
import type { StreamAnswer } from './streamRecord.ts';
import { within } from './within.ts';

/** What Lambda hands over of the queue of pads: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface DrainEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** A message of the queue: what is to be done for a pad. */
export interface PadTask {
  readonly padId: string;
  /** Drained when left out. */
  readonly task?: 'CLEAN_UP' | undefined;
}

/** Names the messages that shall come again. */
export type WorkOff = (event: DrainEvent) => Promise<StreamAnswer>;

export interface WorkOffOptions {
  readonly drain: Drain;
  readonly cleanUp?: CleanUp | undefined;
  readonly report: Log;
  /** How long one pad may be drained for: milliseconds, 35,000 by default. */
  readonly drainWithinMs?: number | undefined;
}

/** Less than the function has, so that one pad's trouble is not that of all it was handed with. */
const DRAIN_WITHIN_MS = 35_000;

/** Does what a batch of messages asks for, each once however many messages ask for it. */
export function createWorkOff(options: WorkOffOptions): WorkOff {
  const { cleanUp = async () => undefined, report, drainWithinMs = DRAIN_WITHIN_MS } = options;
  const drain = (padId: string): Promise<void> =>
    within(drainWithinMs, (isOver) => options.drain(padId, [], isOver));
  const work = async (body: string): Promise<boolean> => {
    const task = readTask(body);
    // Nobody can do anything about a message that names no pad.
    if (!task) report({ level: 'error', message: 'message of no pad' });
    try {
      if (task) await (task.task === 'CLEAN_UP' ? cleanUp(task.padId) : drain(task.padId));
      return true;
    } catch (error) {
      report({ level: 'warn', message: 'not done', ...task, error: describeUnexpected(error) });
      return false;
    }
  };
  return async ({ Records: messages }) => {
    const bodies = [...new Set(messages.map(({ body }) => body))];
    const done = await Promise.all(bodies.map(work));
    const failed = new Set(bodies.filter((_, index) => !done[index]));
    const again = messages.filter(({ body }) => failed.has(body));
    return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

function readTask(body: string): PadTask | null {
  try {
    const { padId, task } = Object(JSON.parse(body)) as Record<string, unknown>;
    if (typeof padId !== 'string' || !isUlid(padId)) return null;
    return task === 'CLEAN_UP' ? { padId, task } : { padId };
  } catch {
    return null;
  }
}

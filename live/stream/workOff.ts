import type { Log } from '#domain/log.ts';
import { describeUnexpected } from '#domain/unexpected.ts';
import { isUlid } from '#domain/viewer/ulid.ts';
import type { Drain } from './drain.ts';
import type { StreamAnswer } from './streamRecord.ts';

/** What Lambda hands over of the queue of pads to drain: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface DrainEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** Names the messages that shall come again. */
export type WorkOff = (event: DrainEvent) => Promise<StreamAnswer>;

/** Drains the pads of a batch of messages, each once however many messages name it. */
export function createWorkOff({ drain, report }: { drain: Drain; report: Log }): WorkOff {
  return async ({ Records: messages }) => {
    const padIds = messages.map(({ body }) => readPadId(body));
    const runs = [...new Set(padIds)].map(async (padId) => {
      try {
        // Nobody can do anything about a message that names no pad.
        if (padId === null) report({ level: 'error', message: 'message of no pad' });
        else await drain(padId);
        return [];
      } catch (error) {
        const told = describeUnexpected(error);
        report({ level: 'warn', message: 'not drained', padId, error: told });
        return messages
          .filter((_, index) => padIds[index] === padId)
          .map(({ messageId }) => ({ itemIdentifier: messageId }));
      }
    });
    return { batchItemFailures: (await Promise.all(runs)).flat() };
  };
}

function readPadId(body: string): string | null {
  try {
    const { padId } = Object(JSON.parse(body)) as { padId?: unknown };
    return typeof padId === 'string' && isUlid(padId) ? padId : null;
  } catch {
    return null;
  }
}

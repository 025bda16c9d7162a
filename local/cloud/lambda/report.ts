import type { Clock } from '#domain/clock.ts';
import type { FunctionDefinition } from './functions.ts';
import { createTail, type Tail } from './lines.ts';

/** What an invocation wrote. */
export interface Report {
  readonly tail: Tail;
  /** The log of the invocation with the lines Lambda puts around it. */
  end(definition: FunctionDefinition): string;
}

/** From the event's arrival to the answer. */
export function startReport(requestId: string, clock: Clock): Report {
  const tail = createTail();
  const begunMs = clock();
  tail.add(`START RequestId: ${requestId} Version: $LATEST`);
  return {
    tail,
    end({ memoryMb }) {
      const ms = clock() - begunMs;
      tail.add(`END RequestId: ${requestId}`);
      tail.add(
        `REPORT RequestId: ${requestId}\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: ${memoryMb} MB\t`,
      );
      return tail.text();
    },
  };
}

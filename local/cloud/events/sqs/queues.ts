import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#domain/clock.ts';
import { StartError } from '#local/startError.ts';
import { openQueue, type Queue, type QueueDefinition } from './queue.ts';

/** All the queues there are. */
export interface Queues {
  find(arn: string): Queue | undefined;
  /** @throws StartError when there is no such queue */
  get(arn: string): Queue;
  /** @throws StartError when there is no such queue */
  checkExists(arn: string): void;
  /** @returns the message's id. @throws StartError when there is no such queue */
  send(arn: string, body: string): string;
}

export interface QueuesOptions {
  /** Gets a file for each queue; without one they are in memory only. */
  readonly folder?: string | undefined;
  readonly clock?: Clock | undefined;
}

export function openQueues(
  definitions: readonly QueueDefinition[],
  { folder, clock = Date.now }: QueuesOptions,
): Queues {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const queues = new Map(
    definitions.map((definition) => {
      const file = folder === undefined ? undefined : join(folder, `${definition.name}.json`);
      return [definition.arn, openQueue(definition, { file, clock })];
    }),
  );
  const get = (arn: string): Queue => {
    const queue = queues.get(arn);
    if (queue) return queue;
    throw new StartError(`Expected ${arn} to be a queue of one of the stacks.`);
  };
  return {
    find: (arn) => queues.get(arn),
    get,
    checkExists: (arn) => void get(arn),
    send: (arn, body) => get(arn).send(body),
  };
}

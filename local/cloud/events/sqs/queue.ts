import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Clock } from '#domain/clock.ts';
import { errorCode } from '#local/errorCode.ts';
import { writeAtomically } from '#local/folder/writeAtomically.ts';
import { StartError } from '#local/startError.ts';

/** A standard queue as its template describes it. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  /** How long a received message is hidden; 0 to 43,200. */
  readonly visibilityTimeoutSeconds: number;
  /** How long a message is kept; 60 to 1,209,600. */
  readonly retentionSeconds: number;
  /** How long receivers wait for a message when they don't say; 0 to 20. */
  readonly waitSeconds: number;
}

export interface ReceivedMessage {
  readonly id: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly sentAtMs: number;
  readonly firstReceivedAtMs: number;
  readonly receiveCount: number;
}

/** One queue: in memory, and in a file that knows every message from when it was sent until it is deleted. */
export interface Queue {
  readonly definition: QueueDefinition;
  /** Writes before it returns. @returns the message's id */
  send(body: string): string;
  /** Hides what it gives; after the timeout it can be received again. */
  receive(limit: number, visibilityTimeoutSeconds?: number): readonly ReceivedMessage[];
  /** Waits until there may be something to receive, at most until then. */
  wait(untilMs: number): Promise<void>;
  /** @returns false for a handle that is none of this queue's. Deletes also what is gone already. */
  delete(receiptHandle: string): boolean;
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAtMs: number;
  visibleAtMs: number;
  firstReceivedAtMs: number | undefined;
  receiveCount: number;
}

interface QueueOptions {
  /** In memory only when left out. */
  readonly file?: string | undefined;
  readonly clock: Clock;
}

export function openQueue(definition: QueueDefinition, { file, clock }: QueueOptions): Queue {
  const messages = new Map(read(file).map((message) => [message.id, message]));
  const waiting = new Set<() => void>();
  const save = (): void => {
    const kept = [...messages.values()].map(({ id, body, sentAtMs }) => ({ id, body, sentAtMs }));
    if (file !== undefined) writeAtomically(file, JSON.stringify(kept));
  };
  const dropExpired = (): void => {
    const oldest = clock() - 1000 * definition.retentionSeconds;
    for (const { id, sentAtMs } of messages.values()) if (sentAtMs < oldest) messages.delete(id);
  };
  return {
    definition,
    send(body) {
      const sentAtMs = clock();
      const message = { ...newMessage(), id: randomUUID(), body, sentAtMs };
      messages.set(message.id, message);
      save();
      for (const wake of waiting) wake();
      return message.id;
    },
    receive(limit, timeoutSeconds = definition.visibilityTimeoutSeconds) {
      dropExpired();
      const now = clock();
      const visible = [...messages.values()].filter(({ visibleAtMs }) => visibleAtMs <= now);
      return visible.slice(0, limit).map((message) => {
        message.visibleAtMs = now + 1000 * timeoutSeconds;
        message.receiveCount += 1;
        message.firstReceivedAtMs ??= now;
        const { id, body, sentAtMs, receiveCount, firstReceivedAtMs } = message;
        const receiptHandle = toHandle(definition, id, receiveCount);
        return { id, body, sentAtMs, receiveCount, firstReceivedAtMs, receiptHandle };
      });
    },
    async wait(untilMs) {
      const times = [...messages.values()].map(({ visibleAtMs }) => visibleAtMs);
      const delayMs = Math.max(0, Math.min(untilMs, ...times) - clock());
      await new Promise<void>((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          waiting.delete(end);
          resolve();
        };
        const timer = setTimeout(end, delayMs).unref();
        waiting.add(end);
      });
    },
    delete(receiptHandle) {
      const id = fromHandle(definition, receiptHandle);
      if (id !== undefined && messages.delete(id)) save();
      return id !== undefined;
    },
  };
}

const newMessage = () => ({ visibleAtMs: 0, firstReceivedAtMs: undefined, receiveCount: 0 });

type SavedMessage = Pick<Message, 'id' | 'body' | 'sentAtMs'>;

/** What was received and not deleted before a restart can be received again. */
function read(file: string | undefined): Message[] {
  if (file === undefined) return [];
  try {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as readonly SavedMessage[];
    return saved.map((message) => ({ ...newMessage(), ...message }));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw new StartError(
      `Expected ${file} to hold a queue's messages as JSON. Put it back, or delete it: then they are gone.`,
    );
  }
}

/** Each receipt has a handle of its own. */
function toHandle({ arn }: QueueDefinition, id: string, receipt: number): string {
  return Buffer.from(JSON.stringify([digest(arn), id, receipt])).toString('base64');
}

function fromHandle({ arn }: QueueDefinition, handle: string): string | undefined {
  try {
    const [queue, id] = JSON.parse(Buffer.from(handle, 'base64').toString());
    return queue === digest(arn) && typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

const digest = (text: string): string => createHash('md5').update(text).digest('hex');

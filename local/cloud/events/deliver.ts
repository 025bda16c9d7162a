import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { LambdaFunctions } from '#local/cloud/lambda/functions.ts';
import { nameOf } from '#local/cloud/template/template.ts';
import { countDone } from './batchResponse.ts';
import { type Condition, failureMessage } from './failureMessage.ts';
import type { QueuedRecord } from './lane.ts';
import type { MappingDefinition } from './mapping.ts';

/**
 * Gives a batch to the function until all of it is done: delivered or discarded. Rejects when stopped.
 * @param done is told, in order, how many of the records are
 */
export type Deliver = (
  batch: readonly QueuedRecord[],
  done: (count: number) => void,
) => Promise<void>;

export interface DeliverOptions {
  readonly mapping: MappingDefinition;
  readonly shardId: string;
  readonly functions: Pick<LambdaFunctions, 'invoke'>;
  readonly sendMessage: (queueArn: string, body: string) => void;
  readonly log: Log;
  readonly clock: Clock;
  /** How long to wait after so many failures in a row. */
  readonly retryDelayMs: (failures: number) => number;
  readonly signal: AbortSignal;
}

/** What happened to a batch so far. */
interface Attempts {
  /** How often the function ran. */
  invocations: number;
  /** How often it could not even be invoked: these don't count as attempts. */
  refusals: number;
  requestId: string;
  functionError: string | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
export function createDeliver(options: DeliverOptions): Deliver {
  const { signal } = options;
  const deliver: Deliver = async (batch, done) => {
    let rest = batch;
    let attempts = newAttempts();
    while (rest.length > 0) {
      const step = await takeStep(rest, attempts, options);
      switch (step.kind) {
        case 'DONE':
          done(step.count);
          rest = rest.slice(step.count);
          // The checkpoint has moved: what is left is a batch of its own, with all its attempts.
          attempts = newAttempts();
          break;
        case 'CUT':
          await deliver(rest.slice(0, step.at), done);
          rest = rest.slice(step.at);
          attempts = newAttempts();
          break;
        case 'WAIT':
          await sleep(step.ms, undefined, { ref: false, signal });
          break;
      }
    }
  };
  return deliver;
}

type Step =
  | { readonly kind: 'DONE'; readonly count: number }
  | { readonly kind: 'CUT'; readonly at: number }
  | { readonly kind: 'WAIT'; readonly ms: number };

async function takeStep(
  batch: readonly QueuedRecord[],
  attempts: Attempts,
  options: DeliverOptions,
): Promise<Step> {
  const { mapping, clock, retryDelayMs, signal } = options;
  const expired = countExpired(batch, mapping, clock());
  if (expired > 0) {
    discard(batch.slice(0, expired), 'RecordAgeExceeded', attempts, options);
    return { kind: 'DONE', count: expired };
  }
  signal.throwIfAborted();
  const count = await invoke(batch, attempts, options);
  if (count > 0) return { kind: 'DONE', count };
  if (attempts.refusals > 0) return { kind: 'WAIT', ms: retryDelayMs(attempts.refusals) };
  if (mapping.bisects && batch.length > 1) return { kind: 'CUT', at: Math.ceil(batch.length / 2) };
  if (attempts.invocations <= mapping.retryAttempts) {
    return { kind: 'WAIT', ms: retryDelayMs(attempts.invocations) };
  }
  discard(batch, 'RetryAttemptsExhausted', attempts, options);
  return { kind: 'DONE', count: batch.length };
}

const newAttempts = (): Attempts => ({
  invocations: 0,
  refusals: 0,
  requestId: randomUUID(),
  functionError: undefined,
});

/** The oldest come first. */
function countExpired(
  batch: readonly QueuedRecord[],
  { recordAgeSeconds }: MappingDefinition,
  nowMs: number,
): number {
  const limit = nowMs / 1000 - recordAgeSeconds;
  const alive = batch.findIndex(({ createdAtSeconds }) => createdAtSeconds >= limit);
  return alive < 0 ? batch.length : alive;
}

/** @returns how many of the records are done */
async function invoke(
  batch: readonly QueuedRecord[],
  attempts: Attempts,
  { mapping, functions, log, signal }: DeliverOptions,
): Promise<number> {
  try {
    const result = await functions.invoke(mapping.functionArn, toEvent(batch));
    attempts.invocations += 1;
    attempts.refusals = 0;
    attempts.requestId = result.requestId;
    attempts.functionError = result.functionError;
    if (result.functionError) return 0;
    if (!mapping.reportsFailures) return batch.length;
    const sequenceNumbers = batch.map(({ sequenceNumber }) => sequenceNumber);
    return countDone(result.payload, sequenceNumbers);
  } catch (error) {
    attempts.refusals += 1;
    // Functions that end with everything else are no news.
    if (signal.aborted) return 0;
    const name = nameOf(mapping.name);
    log({ level: 'warn', message: 'stream batch refused', mapping: name, error: String(error) });
    return 0;
  }
}

/** What the function gets. */
export const toEvent = (batch: readonly QueuedRecord[]): string =>
  `{"Records":[${batch.map(({ text }) => text).join(',')}]}`;

function discard(
  records: readonly QueuedRecord[],
  condition: Condition,
  { requestId, invocations, functionError }: Attempts,
  { mapping, shardId, sendMessage, log, clock }: DeliverOptions,
): void {
  const { name, functionArn, streamArn, onFailureArn } = mapping;
  log({
    level: 'error',
    message: 'stream records discarded',
    mapping: nameOf(name),
    condition,
    count: records.length,
    first: records[0]?.sequenceNumber,
  });
  if (onFailureArn === undefined) return;
  const failure = { condition, requestId, functionArn, invocations, functionError };
  sendMessage(
    onFailureArn,
    failureMessage({ ...failure, shardId, streamArn, records, nowMs: clock() }),
  );
}

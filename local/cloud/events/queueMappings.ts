import { createHash } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { REGION } from '#local/cloud/account.ts';
import { decide } from '#local/cloud/iam/policy.ts';
import type { LambdaFunctions } from '#local/cloud/lambda/functions.ts';
import { nameOf } from '#local/cloud/template/template.ts';
import { StartError } from '#local/startError.ts';
import { readFailures } from './batchResponse.ts';
import type { QueueMappingDefinition } from './queueMapping.ts';
import type { Queue, ReceivedMessage } from './sqs/queue.ts';
import type { Queues } from './sqs/queues.ts';

export interface QueueMappingsOptions {
  readonly functions: Pick<LambdaFunctions, 'invoke'>;
  readonly queues: Pick<Queues, 'get'>;
  readonly log: Log;
  readonly clock?: Clock | undefined;
}

export interface RunningQueueMappings {
  /** Receives no more. What a running invocation doesn't end in time can be received again. */
  stop(): void;
}

/** Starts every mapping. @throws StartError with AWS's sentence for what a deployment would fail at */
export function startQueueMappings(
  definitions: readonly QueueMappingDefinition[],
  options: QueueMappingsOptions,
): RunningQueueMappings {
  for (const definition of definitions) check(definition, options.queues.get(definition.queueArn));
  const stopping = new AbortController();
  const { signal } = stopping;
  for (const mapping of definitions) {
    if (!mapping.isEnabled) continue;
    const queue = options.queues.get(mapping.queueArn);
    for (let reader = 0; reader < READERS; reader += 1) {
      void readOn(mapping, queue, { ...options, signal });
    }
  }
  return { stop: () => stopping.abort() };
}

/** Lambda begins with five, a function has four environments here: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const READERS = 4;
const QUEUE_ACTIONS = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

/** https://repost.aws/knowledge-center/lambda-sqs-event-source has the words. */
function check(mapping: QueueMappingDefinition, { definition }: Queue): void {
  const { name, role, queueArn, functionTimeoutSeconds } = mapping;
  const missing = QUEUE_ACTIONS.find(
    (action) => decide(role.statements, `sqs:${action}`, queueArn) !== 'ALLOWED',
  );
  if (missing !== undefined) {
    throw new StartError(
      `${nameOf(name)}: The provided execution role does not have permissions to call ${missing} on SQS. The role is ${role.name}, the queue ${queueArn}.`,
    );
  }
  if (definition.visibilityTimeoutSeconds < functionTimeoutSeconds) {
    throw new StartError(
      `${nameOf(name)}: Queue visibility timeout: ${definition.visibilityTimeoutSeconds} seconds is less than Function timeout: ${functionTimeoutSeconds} seconds.`,
    );
  }
}

interface Reading extends QueueMappingsOptions {
  readonly signal: AbortSignal;
}

async function readOn(
  mapping: QueueMappingDefinition,
  queue: Queue,
  options: Reading,
): Promise<void> {
  const { signal, clock = Date.now } = options;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
  while (!signal.aborted) {
    const messages = queue.receive(mapping.batchSize);
    if (messages.length > 0) await deliver(mapping, queue, messages, options);
    else await Promise.race([stopped, queue.wait(clock() + WAIT_MS)]);
  }
}

/** As long as one receive may wait. */
const WAIT_MS = 20_000;

/** Deletes what is done; the rest is visible again after its timeout. */
async function deliver(
  mapping: QueueMappingDefinition,
  queue: Queue,
  messages: readonly ReceivedMessage[],
  { functions, log, signal }: Reading,
): Promise<void> {
  const payload = JSON.stringify({
    Records: messages.map((message) => toRecord(message, mapping.queueArn)),
  });
  try {
    const result = await functions.invoke(mapping.functionArn, payload);
    if (result.functionError) return;
    const ids = messages.map(({ id }) => id);
    const failed = mapping.reportsFailures ? readFailures(result.payload, ids) : new Set<string>();
    for (const { id, receiptHandle } of messages) if (!failed.has(id)) queue.delete(receiptHandle);
  } catch (error) {
    // Functions that end with everything else are no news.
    if (signal.aborted) return;
    const name = nameOf(mapping.name);
    log({ level: 'warn', message: 'queue batch refused', mapping: name, error: String(error) });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
function toRecord(message: ReceivedMessage, queueArn: string) {
  const { id, receiptHandle, body, receiveCount, sentAtMs, firstReceivedAtMs } = message;
  return {
    messageId: id,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAtMs),
      SenderId: 'AROAXXXXXXXXXXXXXXXXX:local',
      ApproximateFirstReceiveTimestamp: String(firstReceivedAtMs),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  };
}

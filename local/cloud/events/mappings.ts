import { setMaxListeners } from 'node:events';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { StreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import type { LambdaFunctions } from '#local/cloud/lambda/functions.ts';
import { nameOf } from '#local/cloud/template/template.ts';
import { checkPermissions } from './checkPermissions.ts';
import { type Checkpoints, forgetOthers, openCheckpoints } from './checkpoints.ts';
import { createDeliver, toEvent } from './deliver.ts';
import type { StreamFaults } from './faults.ts';
import { createLane, type Lane, type QueuedRecord } from './lane.ts';
import type { MappingDefinition } from './mapping.ts';
import { createPoller, type Poller } from './poller.ts';
import { laneCount, shardIdOf } from './shards.ts';
import type { Queues } from './sqs/queues.ts';
import type { Wake } from './wake.ts';

export interface MappingsOptions {
  /** Reads the stream of a table. */
  readonly readers: (tableName: string) => StreamReader;
  readonly functions: Pick<LambdaFunctions, 'invoke'>;
  readonly queues: Pick<Queues, 'checkExists' | 'send'>;
  readonly log: Log;
  readonly wake: Pick<Wake, 'listen'>;
  /** Where checkpoints are kept; without one every start is the first. */
  readonly folder?: string | undefined;
  readonly faults?: StreamFaults | undefined;
  readonly clock?: Clock | undefined;
  /** How long a shard waits after so many failures in a row; half a second, doubled up to half a minute. */
  readonly retryDelayMs?: ((failures: number) => number) | undefined;
}

export interface RunningMappings {
  /** Gives running invocations a second to end; what isn't done is delivered after the next start. */
  stop(): Promise<void>;
}

/**
 * Starts every mapping. Those that begin at LATEST know where that is when this resolves.
 * @throws StartError with AWS's sentence when a role may not do what its mapping needs
 */
export async function startMappings(
  definitions: readonly MappingDefinition[],
  options: MappingsOptions,
): Promise<RunningMappings> {
  for (const definition of definitions) {
    checkPermissions(definition);
    if (definition.onFailureArn !== undefined) options.queues.checkExists(definition.onFailureArn);
  }
  if (options.folder !== undefined) forgetOthers(options.folder, definitions);
  const enabled = definitions.filter(({ isEnabled }) => isEnabled);
  const starting = await Promise.allSettled(enabled.map((one) => startMapping(one, options)));
  const running = starting.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((mapping) => mapping.stop()));
  };
  const failed = starting.find((one) => one.status === 'rejected');
  if (!failed) return { stop };
  await stop();
  throw failed.reason;
}

async function startMapping(
  mapping: MappingDefinition,
  options: MappingsOptions,
): Promise<RunningMappings> {
  const { readers, wake, log, folder } = options;
  const reader = readers(mapping.tableName);
  const checkpoints = openCheckpoints(folder, mapping, laneCount(mapping));
  try {
    const start = checkpoints.saved ?? (await findStart(mapping, reader, checkpoints));
    const stopping = new AbortController();
    // Every lane that waits listens.
    setMaxListeners(0, stopping.signal);
    const onProgress = (): void => poller.onProgress();
    const lanes = start.map((_, index) =>
      makeLane(index, { mapping, options, onProgress, signal: stopping.signal }),
    );
    const poller: Poller = createPoller({ mapping, reader, checkpoints, lanes, start, log });
    const endListening = wake.listen(mapping.tableName, poller.poll);
    poller.poll();
    return {
      async stop() {
        endListening();
        poller.stop();
        stopping.abort();
        await finish(lanes);
        reader.close();
        await checkpoints.close();
      },
    };
  } catch (error) {
    reader.close();
    throw error;
  }
}

async function findStart(
  mapping: MappingDefinition,
  reader: Pick<StreamReader, 'read'>,
  checkpoints: Checkpoints,
): Promise<readonly string[]> {
  const isFromFirst = mapping.startingPosition === 'TRIM_HORIZON';
  const position = isFromFirst ? BEFORE_ALL : (await reader.read('LATEST')).position;
  const positions = Array.from({ length: laneCount(mapping) }, () => position);
  // What is written before the first batch is done must not be forgotten by a restart.
  checkpoints.save(positions);
  return positions;
}

const BEFORE_ALL = '0'.repeat(21);

interface LaneSurroundings {
  readonly mapping: MappingDefinition;
  readonly options: MappingsOptions;
  readonly onProgress: () => void;
  readonly signal: AbortSignal;
}

function makeLane(index: number, { mapping, options, onProgress, signal }: LaneSurroundings): Lane {
  const { functions, queues, log, faults, clock = Date.now, retryDelayMs = backOff } = options;
  const deliver = createDeliver({
    mapping,
    shardId: shardIdOf(index, mapping),
    functions,
    sendMessage: queues.send,
    log,
    clock,
    retryDelayMs,
    signal,
  });
  const { batchSize, batchingWindowSeconds } = mapping;
  const onError = (error: unknown): void =>
    log({
      level: 'error',
      message: 'stream batch not delivered',
      mapping: nameOf(mapping.name),
      error: String(error),
    });
  const redeliver = (batch: readonly QueuedRecord[]): void => {
    functions.invoke(mapping.functionArn, toEvent(batch)).catch(() => {});
  };
  return createLane({
    batchSize,
    batchingWindowSeconds,
    deliver,
    onProgress,
    onError,
    signal,
    ...(faults && { redelivery: { faults, redeliver } }),
  });
}

const backOff = (failures: number): number => Math.min(250 * 2 ** failures, 30_000);

const FINISH_WITHIN_MS = 1_000;

async function finish(lanes: readonly Lane[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, FINISH_WITHIN_MS);
  });
  await Promise.race([timeUp, Promise.all(lanes.map((lane) => lane.idle()))]);
  clearTimeout(timer);
}

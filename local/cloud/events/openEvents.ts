import { join } from 'node:path';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { streamArn } from '#local/cloud/dynamodb/localArns.ts';
import { createStreamReader, type StreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import type { AwsService } from '#local/cloud/endpoint.ts';
import type { LambdaFunctions } from '#local/cloud/lambda/functions.ts';
import type { Role } from '#local/cloud/plan/roles.ts';
import type { Resource } from '#local/cloud/template/template.ts';
import { isDone } from './checkpoints.ts';
import type { StreamFaults } from './faults.ts';
import { type RunningMappings, startMappings } from './mappings.ts';
import { planMappings } from './planMappings.ts';
import { planQueueMappings } from './planQueueMappings.ts';
import { startQueueMappings } from './queueMappings.ts';
import { planQueues } from './sqs/planQueues.ts';
import { openQueues } from './sqs/queues.ts';
import { createSqsService } from './sqs/service.ts';
import { createWake } from './wake.ts';

export interface EventsOptions {
  /** By their ARNs. */
  readonly roles: ReadonlyMap<string, Role>;
  /** The engine's own URL. */
  readonly engine: string;
  /** Keeps checkpoints and queues; in memory when left out. */
  readonly folder?: string | undefined;
  readonly log: Log;
  readonly faults?: StreamFaults | undefined;
  /** Makes a reader of a stream another one. */
  readonly slowReader?: ((reader: StreamReader) => StreamReader) | undefined;
  readonly clock?: Clock | undefined;
}

/** The mappings and queues of the templates. */
export interface Events {
  /** SQS. */
  readonly service: AwsService;
  /** To be told of every write. */
  onWrite(tableName: string): void;
  /** Starts the mappings: when the functions are there, and before anybody writes. @throws StartError */
  start(functions: Pick<LambdaFunctions, 'invoke'>): Promise<RunningMappings>;
}

/** @throws StartError naming what of them can't be had on a laptop */
export function openEvents(resources: readonly Resource[], options: EventsOptions): Events {
  const { roles, engine: endpoint, folder, log, faults, clock } = options;
  const { slowReader = (reader: StreamReader) => reader } = options;
  const wake = createWake();
  const queues = openQueues(planQueues(resources), { folder: within(folder, QUEUES), clock });
  const definitions = planMappings(resources, roles);
  const ofQueues = planQueueMappings(resources, roles);
  return {
    service: createSqsService(queues, { clock }),
    onWrite: wake.ring,
    async start(functions) {
      const mappings = await startMappings(definitions, {
        readers: (tableName) => slowReader(createStreamReader({ endpoint, tableName })),
        functions,
        queues,
        log,
        wake,
        folder: within(folder, CHECKPOINTS),
        faults,
        clock,
      });
      try {
        const running = startQueueMappings(ofQueues, { functions, queues, log, clock });
        return {
          async stop() {
            running.stop();
            await mappings.stop();
          },
        };
      } catch (error) {
        await mappings.stop();
        throw error;
      }
    },
  };
}

const QUEUES = 'queues';
const CHECKPOINTS = 'checkpoints';

const within = (folder: string | undefined, name: string): string | undefined =>
  folder === undefined ? undefined : join(folder, name);

/** Whether nobody needs a table's stream any more, up to a position: what the compaction asks before there are any mappings. */
export const isStreamDone = (folder: string, tableName: string, end: string): boolean =>
  isDone(join(folder, CHECKPOINTS), streamArn(tableName), end);

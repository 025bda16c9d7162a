import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { createTables } from '#local/cloud/dynamodb/createTables.ts';
import { createEngineApi } from '#local/cloud/dynamodb/engineApi.ts';
import type { LocalTable } from '#local/cloud/dynamodb/localTable.ts';
import { createStreamReader } from '#local/cloud/dynamodb/streamReader.ts';
import type { StreamRecord } from '#local/cloud/dynamodb/streamRecord.ts';
import { sweepTables } from '#local/cloud/dynamodb/sweepTables.ts';
import { createWireClient, type WireClient } from '#local/cloud/dynamodb/wireClient.ts';
import { type RunningMappings, startMappings } from '#local/cloud/events/mappings.ts';
import { planMappings } from '#local/cloud/events/planMappings.ts';
import { planQueues } from '#local/cloud/events/sqs/planQueues.ts';
import { openQueues } from '#local/cloud/events/sqs/queues.ts';
import { createWake } from '#local/cloud/events/wake.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { ServiceError } from '#local/cloud/lambda/serviceError.ts';
import { type Engine, startEngine } from '#local/engine.ts';
import { useFunctions } from '#tests/local/cloud/lambda/useFunctions.ts';
import { LIST_STREAMS, makeResources, QUEUE_ARN, READ_STREAMS, roles, SEND } from './resources.ts';

export interface MappingLabOptions {
  /** The function's: `export const handler = …`. */
  readonly code: string;
  /** The mapping's, beside the stream and the function. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Where checkpoints are kept. */
  readonly folder?: string;
  /** A table made before; a new one when left out. */
  readonly tableName?: string;
  readonly clock?: () => number;
  /** The role's; what the mapping needs when left out. */
  readonly statements?: readonly Statement[];
  /** How many invocations Lambda throttles at first. */
  readonly refuseFirst?: number;
}

export interface Invocation {
  readonly records: readonly StreamRecord[];
  /** How the function ended; undefined while it runs. */
  outcome: 'SUCCEEDED' | 'FAILED' | undefined;
}

export interface MappingLab {
  /** The engine's. */
  readonly endpoint: string;
  readonly tableName: string;
  readonly invocations: readonly Invocation[];
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  /** Waited, in order: the failures before each wait. */
  readonly retries: readonly number[];
  put(item: Item): Promise<void>;
  remove(item: Pick<Item, 'PK' | 'SK'>): Promise<void>;
  /** Deletes what has expired. */
  sweep(): Promise<number>;
  /** Sort keys of the records in invocations that succeeded, in order. */
  delivered(): string[];
  /** What the queue was told and nobody received yet. */
  failures(): Readonly<Record<string, never>>[];
  stop(): Promise<void>;
}

export interface Item {
  readonly PK: string;
  readonly SK: string;
  readonly [name: string]: string | number;
}

/** Runs mappings on the real engine and real functions, and stops them after each test of the file. */
export function useMappings(): (options: MappingLabOptions) => Promise<MappingLab> {
  const makeFunctions = useFunctions();
  const running: RunningMappings[] = [];
  let engine: Engine;
  let client: WireClient;
  let tables = 0;
  beforeAll(async () => {
    engine = await startEngine();
    client = createWireClient({ endpoint: engine.endpoint });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((mappings) => mappings.stop()));
  });
  afterAll(async () => {
    client.close();
    await engine.stop();
  });
  return async (options) => {
    const { code, properties, folder, clock, tableName: given } = options;
    const { statements = [READ_STREAMS, LIST_STREAMS, SEND] } = options;
    let refusals = options.refuseFirst ?? 0;
    tables += 1;
    const tableName = given ?? `Table${tables}`;
    const { endpoint } = engine;
    const call = createEngineApi(client);
    const table = tableOf(tableName);
    if (given === undefined) await createTables(call, [table]);
    const { functions } = makeFunctions(code);
    const resources = makeResources(tableName, properties);
    const queues = openQueues(planQueues(resources), {});
    const wake = createWake();
    const invocations: Invocation[] = [];
    const retries: number[] = [];
    const logged: Readonly<Record<string, unknown>>[] = [];
    const definitions = planMappings(resources, roles(...statements));
    const mappings = await startMappings(definitions, {
      readers: (name) => createStreamReader({ endpoint, tableName: name }),
      functions: {
        async invoke(name, payload) {
          if (refusals > 0) {
            refusals -= 1;
            throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.');
          }
          const invocation: Invocation = {
            records: JSON.parse(payload).Records,
            outcome: undefined,
          };
          invocations.push(invocation);
          const result = await functions.invoke(name, payload);
          invocation.outcome = result.functionError ? 'FAILED' : 'SUCCEEDED';
          return result;
        },
      },
      queues,
      log: (entry) => logged.push({ ...entry }),
      wake,
      folder,
      clock,
      retryDelayMs: (failures) => {
        retries.push(failures);
        return 1;
      },
    });
    running.push(mappings);
    const write = async (operation: string, input: object): Promise<void> => {
      await call(operation, { TableName: tableName, ...input });
      wake.ring(tableName);
    };
    return {
      endpoint,
      tableName,
      invocations,
      logged,
      retries,
      put: (item) => write('PutItem', { Item: toWire(item) }),
      remove: ({ PK, SK }) => write('DeleteItem', { Key: toWire({ PK, SK }) }),
      sweep: () => sweepTables({ endpoint, tables: [table], onWrite: wake.ring }),
      delivered: () =>
        invocations
          .filter(({ outcome }) => outcome === 'SUCCEEDED')
          .flatMap(({ records }) => sortKeys(records)),
      failures: () =>
        (queues.find(QUEUE_ARN)?.receive(10) ?? []).map(({ body }) => JSON.parse(body)),
      stop: () => mappings.stop(),
    };
  };
}

const toWire = (item: Item): object =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value },
    ]),
  );

/** Of records, as their items have them. */
export const sortKeys = (records: readonly StreamRecord[]): string[] =>
  records.map(({ dynamodb }) => String(Object(dynamodb.Keys.SK).S));

export const tableOf = (tableName: string): LocalTable => ({
  tableName,
  keySchema: [
    { AttributeName: 'PK', KeyType: 'HASH' },
    { AttributeName: 'SK', KeyType: 'RANGE' },
  ],
  attributes: [
    { AttributeName: 'PK', AttributeType: 'S' },
    { AttributeName: 'SK', AttributeType: 'S' },
  ],
  localIndexes: [],
  globalIndexes: [],
  timeToLiveAttribute: 'ttl',
  streamed: true,
});

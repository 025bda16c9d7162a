import { randomUUID } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import { createEventQueue, type EventQueue } from './eventQueue.ts';
import { parseFunctionName } from './functionName.ts';
import { createPool, type Pool } from './pool.ts';
import { ServiceError } from './serviceError.ts';
import { newTrace } from './traceId.ts';

/** A function as its template describes it. */
export interface FunctionDefinition {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The unpacked asset. */
  readonly folder: string;
  /** `index.handler`: a file of the folder without its extension, and what it exports. */
  readonly handler: string;
  /** The template's variables, the region and its role's credentials. What Lambda itself adds is added here. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency?: number | undefined;
  /** `nodejs24.x` when left out. The laptop's own Node runs it all the same. */
  readonly runtime?: string | undefined;
}

export interface InvocationResult {
  /** The function's answer, or the description of its failure, as JSON. Empty for an `Event`. */
  readonly payload: string;
  /** Lambda says `Unhandled` for every failure of a function on a managed runtime. */
  readonly functionError?: 'Handled' | 'Unhandled' | undefined;
  readonly requestId: string;
  /** The last 4 KB the invocation logged. */
  readonly logTail: string;
}

export type InvocationKind = 'RequestResponse' | 'Event';

export interface LambdaFunctions {
  /** Undefined when there is none of this name, ARN or partial ARN. */
  find(nameOrArn: string): FunctionDefinition | undefined;
  /**
   * @param payload JSON of at most 6 MB; 1 MB for an `Event`
   * @param trace the caller's `X-Amzn-Trace-Id`; a new one when left out
   * @param crashAfterMs the environment is ended after so long, whatever it does: for faults
   * @throws ServiceError when Lambda itself refuses; a function that fails is a result
   */
  invoke(
    nameOrArn: string,
    payload: string,
    kind?: InvocationKind,
    trace?: string,
    crashAfterMs?: number,
  ): Promise<InvocationResult>;
  /** Has an environment ready for the next invocation, as provisioned concurrency does. @returns whether the code could start @throws ServiceError */
  warm(nameOrArn: string): Promise<boolean>;
  /**
   * Swaps code and settings: running invocations finish on the old code, waiting ones get the new. A function whose
   * definition is the very one it has keeps its environments; a copy of it stands for other code in the same folder.
   */
  replace(definitions: readonly FunctionDefinition[]): Promise<void>;
  /** Ends every environment, busy or not. Events still to be retried are lost. */
  stop(): Promise<void>;
}

export interface FunctionsOptions {
  readonly log: Log;
  /** Gets every line a function writes, without its line break. */
  readonly onLog: (functionName: string, line: string) => void;
  readonly clock?: Clock | undefined;
  readonly newRequestId?: (() => string) | undefined;
  /** How long a failed event waits before it is tried again: a minute, then two. */
  readonly retryDelaysMs?: readonly number[] | undefined;
  /** How long the code outside the handler may take before it is started over: 10 s. */
  readonly initLimitMs?: number | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, in bytes. */
const MAX_REQUEST_BYTES = 6 * 1024 * 1024;
const MAX_EVENT_BYTES = 1024 * 1024;

/** Lambda on a laptop: each function's environments are worker threads of this process. */
export function createFunctions(
  definitions: readonly FunctionDefinition[],
  options: FunctionsOptions,
): LambdaFunctions {
  const { log, clock = Date.now, newRequestId = randomUUID, retryDelaysMs } = options;
  const pools = new Map<string, Pool>();
  const poolOptions = { ...options, clock };
  const add = (definition: FunctionDefinition): void => {
    pools.set(definition.name, createPool(definition, poolOptions));
  };
  for (const definition of definitions) add(definition);
  const poolOf = (nameOrArn: string): Pool => pools.get(nameOf(nameOrArn)) ?? missing(nameOrArn);
  const events: EventQueue = createEventQueue({
    run: async ({ name, ...event }) => poolOf(name).invoke(event),
    log,
    clock,
    retryDelaysMs,
  });
  return {
    find: (nameOrArn) => pools.get(nameOf(nameOrArn))?.definition(),
    async invoke(nameOrArn, payload, kind = 'RequestResponse', trace, crashAfterMs) {
      const pool = poolOf(nameOrArn);
      const event = {
        requestId: newRequestId(),
        payload,
        trace: trace ?? newTrace(clock()),
        crashAfterMs,
      };
      checkSize(payload, kind);
      if (kind === 'RequestResponse') return pool.invoke(event);
      checkJson(payload);
      events.add({ ...event, name: pool.definition().name });
      return { payload: '', requestId: event.requestId, logTail: '' };
    },
    warm: async (nameOrArn) => poolOf(nameOrArn).warm(),
    async replace(next) {
      const names = new Set(next.map(({ name }) => name));
      const gone = [...pools.keys()].filter((name) => !names.has(name));
      for (const definition of next) {
        const pool = pools.get(definition.name);
        if (pool) pool.replace(definition);
        else add(definition);
      }
      await Promise.all(gone.map((name) => take(pools, name)?.stop()));
    },
    async stop() {
      events.stop();
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/** Empty, which no function is called, when the text is no function's name. */
function nameOf(nameOrArn: string): string {
  return parseFunctionName(nameOrArn)?.name ?? '';
}

function missing(nameOrArn: string): never {
  throw ServiceError.notFound(parseFunctionName(nameOrArn) ?? { name: nameOrArn });
}

/** The words AWS uses: https://github.com/ASFHyP3/hyp3/issues/2241, https://github.com/pelmers/streetwarp-web/issues/14 */
function checkSize(payload: string, kind: InvocationKind): void {
  const bytes = Buffer.byteLength(payload);
  if (bytes > MAX_REQUEST_BYTES) {
    throw new ServiceError(
      'RequestEntityTooLargeException',
      `Request must be smaller than ${MAX_REQUEST_BYTES} bytes for the InvokeFunction operation`,
    );
  }
  if (kind === 'Event' && bytes > MAX_EVENT_BYTES) {
    throw new ServiceError(
      'RequestEntityTooLargeException',
      `${bytes} byte payload is too large for the Event invocation type (limit ${MAX_EVENT_BYTES} bytes)`,
    );
  }
}

/** A synchronous invocation finds out when its function parses the event; an event must not wait for that. */
function checkJson(payload: string): void {
  try {
    JSON.parse(payload);
  } catch (error) {
    throw ServiceError.invalidJson(error instanceof Error ? error.message : '');
  }
}

function take<Value>(map: Map<string, Value>, key: string): Value | undefined {
  const value = map.get(key);
  map.delete(key);
  return value;
}

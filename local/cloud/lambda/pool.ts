import type { Clock } from '#domain/clock.ts';
import type { Reply } from './environment.ts';
import type { FunctionDefinition, InvocationResult } from './functions.ts';
import { createInstances, type Instance, type Instances } from './instances.ts';
import { createTail, type Tail } from './lines.ts';
import { leavesItUsable, readReply } from './reply.ts';
import { createSemaphore } from './semaphore.ts';
import { ServiceError } from './serviceError.ts';

/** What answers the invocations of one function. */
export interface Pool {
  definition(): FunctionDefinition;
  /** @throws ServiceError */
  invoke(event: PendingEvent): Promise<InvocationResult>;
  /** Running invocations keep what they started with. */
  replace(definition: FunctionDefinition): void;
  stop(): Promise<void>;
}

export interface PendingEvent {
  readonly requestId: string;
  readonly payload: string;
}

export interface PoolOptions {
  readonly onLog: (functionName: string, line: string) => void;
  readonly clock: Clock;
  readonly initLimitMs?: number | undefined;
}

/** AWS would start a thousand at once; here, whoever comes while these are busy waits for one. */
const MAX_ENVIRONMENTS = 4;
/** What an account may run at once: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ACCOUNT_CONCURRENCY = 1_000;
/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const INIT_LIMIT_MS = 10_000;

export function createPool(first: FunctionDefinition, options: PoolOptions): Pool {
  const { onLog, clock, initLimitMs = INIT_LIMIT_MS } = options;
  const slots = createSemaphore(MAX_ENVIRONMENTS);
  const instances = createInstances(onLog);
  let definition = first;
  let inFlight = 0;
  let stopped = false;
  const run = async ({ requestId, payload }: PendingEvent): Promise<InvocationResult> => {
    if (stopped) throw stoppedError();
    const report = startReport(requestId, clock);
    const prepared = await prepare({
      instances,
      definition,
      tail: report.tail,
      initLimitMs,
      clock,
    });
    const { instance, limitMs } = prepared;
    const functionArn = definition.arn;
    const reply =
      prepared.reply.kind === 'READY'
        ? await instance.environment.invoke(
            { requestId, payload, functionArn, deadlineMs: clock() + limitMs },
            limitMs,
          )
        : prepared.reply;
    if (stopped) throw stoppedError();
    const isKept = leavesItUsable(reply) && instance.definition === definition;
    if (isKept) instances.giveBack(instance);
    else void instances.discard(instance);
    const logTail = report.end(instance.definition);
    return { ...readReply(reply, requestId, instance.definition), requestId, logTail };
  };
  return {
    definition: () => definition,
    async invoke(event) {
      refuseTooMany(inFlight, definition);
      inFlight += 1;
      try {
        return await slots.run(() => run(event));
      } finally {
        inFlight -= 1;
      }
    },
    replace(next) {
      definition = next;
      void instances.discardIdle();
    },
    async stop() {
      stopped = true;
      slots.close(stoppedError());
      await instances.discardAll();
    },
  };
}

interface Preparation {
  readonly instances: Instances;
  readonly definition: FunctionDefinition;
  readonly tail: Tail;
  readonly initLimitMs: number;
  readonly clock: Clock;
}

interface Prepared {
  readonly instance: Instance;
  /** `READY`, or why not. */
  readonly reply: Reply;
  /** How long the handler may still take. */
  readonly limitMs: number;
}

/**
 * An environment whose code outside the handler has run. When that failed or took too long, Lambda
 * starts it over, now as a part of the invocation and of its time.
 */
async function prepare(options: Preparation): Promise<Prepared> {
  const { instances, definition, tail, initLimitMs, clock } = options;
  const limitMs = definition.timeoutSeconds * 1000;
  const used = instances.takeIdle();
  if (used) {
    used.tail = tail;
    return { instance: used, reply: { kind: 'READY' }, limitMs };
  }
  const fresh = instances.start(definition, tail);
  const reply = await fresh.environment.initialize(initLimitMs);
  if (reply.kind === 'READY') return { instance: fresh, reply, limitMs };
  await instances.discard(fresh);
  const begunMs = clock();
  const again = instances.start(definition, tail);
  const second = await again.environment.initialize(limitMs);
  return { instance: again, reply: second, limitMs: limitMs - (clock() - begunMs) };
}

interface Report {
  readonly tail: Tail;
  /** The log of the invocation with the lines Lambda puts around it. */
  end(definition: FunctionDefinition): string;
}

function startReport(requestId: string, clock: Clock): Report {
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

/** Both running and waiting ones count: on AWS all of them would be running. */
function refuseTooMany(inFlight: number, { reservedConcurrency }: FunctionDefinition): void {
  if (inFlight < (reservedConcurrency ?? ACCOUNT_CONCURRENCY)) return;
  const reason =
    reservedConcurrency === undefined
      ? 'ConcurrentInvocationLimitExceeded'
      : 'ReservedFunctionConcurrentInvocationLimitExceeded';
  throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', reason);
}

function stoppedError(): ServiceError {
  return new ServiceError('ServiceException', 'The functions are being stopped.');
}

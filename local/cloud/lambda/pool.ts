import type { Clock } from '#domain/clock.ts';
import type { Reply } from './environment.ts';
import type { FunctionDefinition, InvocationResult } from './functions.ts';
import { createInstances, type Instance } from './instances.ts';
import { createTail, type Tail } from './lines.ts';
import { type Prepared, prepare } from './preparation.ts';
import { leavesItUsable, readReply } from './reply.ts';
import { startReport } from './report.ts';
import { createSemaphore } from './semaphore.ts';
import { ServiceError } from './serviceError.ts';
import { continueTrace } from './traceId.ts';

/** What answers the invocations of one function. */
export interface Pool {
  definition(): FunctionDefinition;
  /** @throws ServiceError */
  invoke(event: PendingEvent): Promise<InvocationResult>;
  /** Has an environment ready for the next invocation. @returns whether its code could start */
  warm(): Promise<boolean>;
  /** Running invocations keep what they started with. The very definition that is there changes nothing; a copy of it stands for other code. */
  replace(definition: FunctionDefinition): void;
  stop(): Promise<void>;
}

export interface PendingEvent {
  readonly requestId: string;
  readonly payload: string;
  /** The trace its sender is in. */
  readonly trace: string;
  /** The environment is ended after so long, whatever it does. */
  readonly crashAfterMs?: number | undefined;
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
  const takeOne = (tail: Tail): Promise<Prepared> => {
    if (stopped) throw ServiceError.stopped();
    return prepare({ instances, definition, tail, initLimitMs, clock });
  };
  const putBack = (instance: Instance, reply: Reply): void => {
    const isKept = leavesItUsable(reply) && instance.definition === definition;
    if (isKept) instances.giveBack(instance);
    else void instances.discard(instance);
  };
  const run = async (event: PendingEvent): Promise<InvocationResult> => {
    const { requestId } = event;
    const report = startReport(requestId, clock);
    const prepared = await takeOne(report.tail);
    const { instance, limitMs } = prepared;
    const reply =
      prepared.reply.kind === 'READY'
        ? await runOn(instance, event, { definition, deadlineMs: clock() + limitMs, limitMs })
        : prepared.reply;
    if (stopped) throw ServiceError.stopped();
    putBack(instance, reply);
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
    warm: () =>
      slots.run(async () => {
        const { instance, reply } = await takeOne(createTail());
        if (stopped) throw ServiceError.stopped();
        putBack(instance, reply);
        return reply.kind === 'READY';
      }),
    replace(next) {
      if (next === definition) return;
      definition = next;
      void instances.discardIdle();
    },
    async stop() {
      stopped = true;
      slots.close(ServiceError.stopped());
      await instances.discardAll();
    },
  };
}

interface Run {
  readonly definition: FunctionDefinition;
  readonly deadlineMs: number;
  readonly limitMs: number;
}

async function runOn(
  { environment }: Instance,
  { requestId, payload, trace, crashAfterMs }: PendingEvent,
  { definition, deadlineMs, limitMs }: Run,
): Promise<Reply> {
  const end = (): void => void environment.dispose();
  const crash = crashAfterMs === undefined ? undefined : setTimeout(end, crashAfterMs).unref();
  const traceId = continueTrace(trace);
  const functionArn = definition.arn;
  const invocation = { requestId, payload, traceId, functionArn, deadlineMs };
  try {
    return await environment.invoke(invocation, limitMs);
  } finally {
    clearTimeout(crash);
  }
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

import type { Clock } from '#domain/clock.ts';
import type { Log } from '#domain/log.ts';
import type { InvocationResult } from './functions.ts';
import type { PendingEvent } from './pool.ts';
import { ServiceError } from './serviceError.ts';

export interface QueuedEvent extends PendingEvent {
  /** The function's. */
  readonly name: string;
}

/** Events whose sender doesn't wait for the function. */
export interface EventQueue {
  add(event: QueuedEvent): void;
  /** Forgets what was to be tried again. */
  stop(): void;
}

export interface EventQueueOptions {
  readonly run: (event: QueuedEvent) => Promise<InvocationResult>;
  readonly log: Log;
  readonly clock: Clock;
  readonly retryDelaysMs?: readonly number[] | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html: twice more, after one minute and after two. */
const RETRY_DELAYS_MS = [60_000, 120_000];
/** An event that finds no free environment stays in the queue: first a second, at last five minutes apart, for six hours. */
const THROTTLE_DELAY_MS = { first: 1_000, last: 300_000 };
const MAX_AGE_MS = 6 * 60 * 60_000;

interface Progress {
  readonly sinceMs: number;
  readonly failures: number;
  readonly throttleDelayMs: number;
}

/** Kept in memory: what still waits when the program ends is gone, unlike on AWS. */
export function createEventQueue(options: EventQueueOptions): EventQueue {
  const { run, log, clock, retryDelaysMs = RETRY_DELAYS_MS } = options;
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  const discard = ({ name, requestId }: QueuedEvent, why: string): void => {
    log({ level: 'error', message: 'event discarded', function: name, requestId, why });
  };
  const tryLater = (event: QueuedEvent, progress: Progress, delayMs: number): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(event, progress);
    }, delayMs).unref();
    timers.add(timer);
  };
  const attempt = async (event: QueuedEvent, progress: Progress): Promise<void> => {
    const outcome = await settle(run(event));
    if (outcome === 'SUCCEEDED') return;
    const { sinceMs, failures, throttleDelayMs } = progress;
    if (outcome === 'THROTTLED' && clock() - sinceMs < MAX_AGE_MS) {
      const next = Math.min(2 * throttleDelayMs, THROTTLE_DELAY_MS.last);
      return tryLater(event, { ...progress, throttleDelayMs: next }, throttleDelayMs);
    }
    const delayMs = outcome === 'FAILED' ? retryDelaysMs[failures] : undefined;
    if (delayMs === undefined) return discard(event, outcome);
    tryLater(event, { ...progress, failures: failures + 1 }, delayMs);
  };
  return {
    add(event) {
      const throttleDelayMs = THROTTLE_DELAY_MS.first;
      void attempt(event, { sinceMs: clock(), failures: 0, throttleDelayMs });
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

type Outcome = 'SUCCEEDED' | 'FAILED' | 'THROTTLED' | 'REFUSED';

async function settle(running: Promise<InvocationResult>): Promise<Outcome> {
  try {
    return (await running).functionError ? 'FAILED' : 'SUCCEEDED';
  } catch (error) {
    const isThrottle = error instanceof ServiceError && error.code === 'TooManyRequestsException';
    return isThrottle ? 'THROTTLED' : 'REFUSED';
  }
}

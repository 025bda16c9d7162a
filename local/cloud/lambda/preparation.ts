import type { Clock } from '#domain/clock.ts';
import type { Reply } from './environment.ts';
import type { FunctionDefinition } from './functions.ts';
import type { Instance, Instances } from './instances.ts';
import type { Tail } from './lines.ts';

export interface Preparation {
  readonly instances: Instances;
  readonly definition: FunctionDefinition;
  readonly tail: Tail;
  readonly initLimitMs: number;
  readonly clock: Clock;
}

export interface Prepared {
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
export async function prepare(options: Preparation): Promise<Prepared> {
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

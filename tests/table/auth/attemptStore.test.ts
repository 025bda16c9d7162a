import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AttemptCounter, secondsToWait } from '#domain/auth/throttle.ts';
import { createAttemptStore } from '#table/auth/attemptStore.ts';
import { AUTH_TABLE } from '#table/tables.ts';
import { useTable } from '#tests/support/engine.ts';

const POLICY = { freeAttempts: 2, delaysSeconds: [3, 7], forgetAfterSeconds: 40 };
const START_MS = 1_700_000_000_000;
const table = useTable(AUTH_TABLE);

/** Mostly attempts, so that most scripts come to the last delay. */
const ACTIONS = [...Array<'count'>(14).fill('count'), 'giveBack', 'clear'] as const;

let names = 0;
const newName = () => {
  names += 1;
  return `TEST#${names}`;
};

describe('counting attempts', () => {
  test('decides by the rule of the domain, whatever happens when', async () => {
    const steps = fc.array(
      fc.record({
        passedMs: fc.constantFrom(0, 1, 2_999, 3_000, 7_000, 7_000, 7_000, 40_000),
        action: fc.constantFrom(...ACTIONS),
      }),
      { minLength: 10, maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const [store, model, name] = [createAttemptStore(table), new Model(), newName()];
        let nowMs = START_MS;
        for (const { passedMs, action } of script) {
          nowMs += passedMs;
          const outcome = await store[action](name, POLICY, nowMs);
          expect(outcome).toEqual(model[action](nowMs));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('lets exactly as many of those through that come at once as are free', async () => {
    const name = newName();
    const { count } = createAttemptStore(table);
    const attempts = Array.from({ length: 20 }, () => count(name, POLICY, START_MS));
    const through = (await Promise.all(attempts)).filter((inTheWay) => inTheWay === null);
    expect(through).toHaveLength(2);
  });

  test('lets one of those through that come at once after a delay', async () => {
    const name = newName();
    const { count } = createAttemptStore(table);
    for (const _ of [1, 2]) await count(name, POLICY, START_MS);
    const attempts = Array.from({ length: 10 }, () => count(name, POLICY, START_MS + 3_000));
    const through = (await Promise.all(attempts)).filter((inTheWay) => inTheWay === null);
    expect(through).toHaveLength(1);
  });

  test('starts anew for those that come at once after everything was forgotten', async () => {
    const name = newName();
    const { count } = createAttemptStore(table);
    for (const _ of [1, 2]) await count(name, POLICY, START_MS);
    const attempts = Array.from({ length: 10 }, () => count(name, POLICY, START_MS + 40_000));
    const through = (await Promise.all(attempts)).filter((inTheWay) => inTheWay === null);
    expect(through).toHaveLength(2);
  });

  test('gives nothing back to those who have nothing', async () => {
    const name = newName();
    const { count, giveBack } = createAttemptStore(table);
    for (const _ of [1, 2, 3]) await giveBack(name);
    for (const _ of [1, 2]) expect(await count(name, POLICY, START_MS)).toBeNull();
    expect(await count(name, POLICY, START_MS)).not.toBeNull();
  });
});

/** The same counter in memory, deciding by the domain's own rule. */
class Model {
  counter: AttemptCounter | null = null;

  count(nowMs: number): AttemptCounter | null {
    const nowSeconds = Math.floor(nowMs / 1000);
    const isForgotten = this.counter && this.counter.forgottenAtSeconds <= nowSeconds;
    if (!this.counter || isForgotten) {
      const forgottenAtSeconds = nowSeconds + POLICY.forgetAfterSeconds;
      this.counter = { attempts: 1, lastAttemptMs: nowMs, forgottenAtSeconds };
      return null;
    }
    if (secondsToWait(this.counter, POLICY, nowMs) > 0) return this.counter;
    this.counter = { ...this.counter, attempts: this.counter.attempts + 1, lastAttemptMs: nowMs };
    return null;
  }

  giveBack(): void {
    if (!this.counter || this.counter.attempts === 0) return;
    this.counter = { ...this.counter, attempts: this.counter.attempts - 1 };
  }

  clear(): void {
    this.counter = null;
  }
}

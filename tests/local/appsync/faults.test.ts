import { expect, test } from '@jest/globals';
import type { RunningApi } from '#local/appsync/api.ts';
import { type AppSyncFaults, withFaults } from '#local/appsync/faults.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const SERVICE = { caller: { mode: 'AWS_IAM' } } as never;
const VIEWER = { caller: { mode: 'OPENID_CONNECT' } } as never;

/** An API that counts what is executed, with a subscriber who keeps what comes. */
async function faulty(faults: AppSyncFaults) {
  const state = { executed: 0, received: [] as unknown[], tell: (_: unknown) => {} };
  const api = {
    execute: async () => {
      state.executed += 1;
    },
    subscribe: async (_: unknown, __: unknown, subscriber: { deliver(payload: unknown): void }) => {
      state.tell = (payload) => subscriber.deliver(payload);
    },
  } as unknown as RunningApi;
  const broken = withFaults(api, faults);
  const subscriber = {
    deliver: (payload: unknown) => void state.received.push(payload),
    end: () => {},
  };
  await broken.subscribe({} as never, VIEWER, subscriber);
  return { state, execute: (asking: never) => broken.execute({} as never, asking) };
}

test('a publication is refused before, or fails when it is done; what people do is not touched', async () => {
  const faults = ['THROTTLED', 'SENT_BUT_FAILED', undefined] as const;
  const given = [...faults];
  const { state, execute } = await faulty({ onPublish: () => given.shift() });
  await expect(execute(SERVICE)).rejects.toThrow();
  expect(state.executed).toBe(0);
  await execute(VIEWER);
  expect(state.executed).toBe(1);
  await expect(execute(SERVICE)).rejects.toThrow();
  await execute(SERVICE);
  expect(state.executed).toBe(3);
});

test('messages to subscribers get lost, and overtake each other', async () => {
  const losses = [true, false, false];
  const delays = [20, 0];
  const { state } = await faulty({
    losesMessage: () => losses.shift() ?? false,
    delayOfMessage: () => delays.shift() ?? 0,
  });
  for (const message of ['lost', 'late', 'next']) state.tell(message);
  await waitFor('both', () => state.received.length === 2);
  expect(state.received).toEqual(['next', 'late']);
});

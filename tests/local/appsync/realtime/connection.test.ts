import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { RunningApi } from '#local/appsync/api.ts';
import type { AppSyncCaller } from '#local/appsync/auth/caller.ts';
import { createConnection } from '#local/appsync/realtime/connection.ts';
import { AWS_REALTIME_LIMITS } from '#local/appsync/realtime/limits.ts';
import { createTestApi } from '#tests/local/appsync/testApi.ts';
import { start } from './socket.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const CALLER: AppSyncCaller = {
  mode: 'OPENID_CONNECT',
  identity: {},
  endsAtMs: Date.now() + 60_000,
};
const wire = { send() {}, close() {} };
const common = { wire, sourceIp: '127.0.0.1', limits: AWS_REALTIME_LIMITS };

function later<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((one) => {
    resolve = one;
  });
  return { promise, resolve };
}

describe('a client that goes away', () => {
  test('while it is asked who it is leaves no timer behind', async () => {
    const caller = later<AppSyncCaller>();
    const connection = createConnection({
      ...common,
      api: createTestApi({}),
      caller: caller.promise,
    });
    connection.receive('{"type":"connection_init"}');
    connection.closed();
    caller.resolve(CALLER);
    await settle();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('while its subscription is being started leaves neither it nor a timer behind', async () => {
    const started = later<Awaited<ReturnType<RunningApi['subscribe']>>>();
    const asked = later<void>();
    const stop = jest.fn();
    const api: RunningApi = {
      ...createTestApi({}),
      identify: async () => CALLER,
      subscribe: () => {
        asked.resolve();
        return started.promise;
      },
    };
    const connection = createConnection({ ...common, api, caller: Promise.resolve(CALLER) });
    connection.receive(JSON.stringify(start('1', 'subscription { note }', {})));
    await asked.promise;
    connection.closed();
    started.resolve({ kind: 'STARTED', stop });
    await settle();
    expect(stop).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});

/** Promises that are resolved have their say. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

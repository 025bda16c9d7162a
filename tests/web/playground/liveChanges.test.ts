import { expect, jest, test } from '@jest/globals';
import type { AppSyncClientOptions } from '#client/appsync/createAppSyncClient.ts';
import type { LiveClientOptions } from '#client/createLiveClient.ts';
import { createDoors } from '#web/playground/doors.ts';
import { createLiveChanges } from '#web/playground/liveChanges.ts';

const REQUEST = { query: 'subscription { memoChanges(padId: "p") { to } }' };
const URL = 'ws://127.0.0.1:4002/live';

const APPSYNC = {
  url: 'http://127.0.0.1:4003/graphql',
  realtime: 'ws://127.0.0.1:4003/graphql/realtime',
  apiKey: 'da2-key',
};

/** One answer, and then none until somebody ends it. */
function answers(ended: () => void): AsyncIterableIterator<object> {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  let isFirst = true;
  return {
    async next() {
      if (!isFirst) await over;
      const done = !isFirst;
      isFirst = false;
      return { done, value: { data: {} } };
    },
    async return() {
      ended();
      end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function setUp(socket: string | null) {
  const ended = jest.fn();
  const iterate = jest.fn((_payload: object) => answers(ended));
  const create = jest.fn((_options: LiveClientOptions) => ({ iterate }) as never);
  const createOnAppSync = jest.fn((_options: AppSyncClientOptions) => ({ iterate }) as never);
  const session = { authorization: async () => 'Bearer one', renew: async () => 'Bearer two' };
  const places = Promise.resolve({ socket, appsync: APPSYNC });
  const doors = createDoors(places.then(({ appsync }) => appsync));
  const subscribe = createLiveChanges({ places, doors, session, create, createOnAppSync });
  return { subscribe, create, createOnAppSync, doors, iterate, ended };
}

test('all subscriptions share one client at the service’s socket', async () => {
  const { subscribe, create, iterate } = setUp(URL);
  await subscribe(REQUEST);
  await subscribe({ ...REQUEST, variables: { padId: 'p' } });
  expect(create).toHaveBeenCalledTimes(1);
  expect(create.mock.calls[0]?.[0].url).toBe(URL);
  expect(iterate).toHaveBeenLastCalledWith({ ...REQUEST, variables: { padId: 'p' } });
});

test('the token is the session’s; a refused one is renewed', async () => {
  const { subscribe, create } = setUp(URL);
  await subscribe(REQUEST);
  const options = create.mock.calls[0]?.[0];
  expect(await options?.getAccessToken({ refused: false })).toBe('one');
  expect(await options?.getAccessToken({ refused: true })).toBe('two');
});

test('at the AppSync door they share a client at AppSync', async () => {
  const { subscribe, create, createOnAppSync, doors } = setUp(URL);
  await subscribe(REQUEST);
  doors.choose('appsync');
  await subscribe(REQUEST);
  await subscribe(REQUEST);
  expect(create).toHaveBeenCalledTimes(1);
  expect(createOnAppSync).toHaveBeenCalledTimes(1);
  const { url, realtime: realtimeUrl } = APPSYNC;
  expect(createOnAppSync.mock.calls[0]?.[0]).toMatchObject({ url, realtimeUrl });
});

test('a service without a socket is told as an answer', async () => {
  await expect(setUp(null).subscribe(REQUEST)).rejects.toThrow('no socket');
});

test('a subscription ends when another door is chosen', async () => {
  const { subscribe, doors, ended } = setUp(URL);
  const running = (await subscribe(REQUEST))[Symbol.asyncIterator]();
  expect(await running.next()).toMatchObject({ done: false });
  const next = running.next();
  doors.choose('federated');
  expect(ended).not.toHaveBeenCalled();
  doors.choose('appsync');
  expect(await next).toMatchObject({ done: true });
  doors.choose('federated');
  expect(ended).toHaveBeenCalledTimes(1);
});

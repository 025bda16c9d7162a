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

function setUp(socket: string | null) {
  const iterate = jest.fn((_payload: object) => 'answers');
  const create = jest.fn((_options: LiveClientOptions) => ({ iterate }) as never);
  const createOnAppSync = jest.fn((_options: AppSyncClientOptions) => ({ iterate }) as never);
  const session = { authorization: async () => 'Bearer one', renew: async () => 'Bearer two' };
  const places = Promise.resolve({ socket, appsync: APPSYNC });
  const doors = createDoors(places.then(({ appsync }) => appsync));
  const subscribe = createLiveChanges({ places, doors, session, create, createOnAppSync });
  return { subscribe, create, createOnAppSync, doors, iterate };
}

test('all subscriptions share one client at the service’s socket', async () => {
  const { subscribe, create, iterate } = setUp(URL);
  expect(await subscribe(REQUEST)).toBe('answers');
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

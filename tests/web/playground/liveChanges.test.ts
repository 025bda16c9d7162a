import { expect, jest, test } from '@jest/globals';
import type { LiveClientOptions } from '#client/createLiveClient.ts';
import { createLiveChanges } from '#web/playground/liveChanges.ts';

const REQUEST = { query: 'subscription { memoChanges(padId: "p") { to } }' };
const URL = 'ws://127.0.0.1:4002/live';

function setUp(socket: string | null) {
  const iterate = jest.fn((_payload: object) => 'answers');
  const create = jest.fn((_options: LiveClientOptions) => ({ iterate }) as never);
  const session = { authorization: async () => 'Bearer one', renew: async () => 'Bearer two' };
  const subscribe = createLiveChanges({ socket: Promise.resolve(socket), session, create });
  return { subscribe, create, iterate };
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

test('a service without a socket is told as an answer', async () => {
  await expect(setUp(null).subscribe(REQUEST)).rejects.toThrow('no socket');
});

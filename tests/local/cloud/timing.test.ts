import { expect, test } from '@jest/globals';
import { AWS_TIMING, createSlowness, type Timing } from '#local/cloud/timing.ts';

const NOTHING = Object.fromEntries(
  Object.keys(AWS_TIMING).map((name) => [name, [0, 0]]),
) as unknown as Timing;
const HALF = (): number => 0.5;

const service = (signingName: string) => ({
  signingName,
  accepts: () => true,
  handle: async () => ({ status: 200, headers: {}, body: signingName }),
});

test('posts and messages take as long as the table says, messages as much more as they are delayed', () => {
  const slow = createSlowness({ ...NOTHING, post: [10, 20], message: [4, 8] }, HALF);
  const socket = slow.socket({ delayOfMessage: () => 100 });
  expect([socket.delayOfPost?.(), socket.delayOfMessage?.()]).toEqual([15, 106]);
});

test('other faults of sockets stay', () => {
  const socket = createSlowness(NOTHING).socket({ onPost: () => 'LOST' });
  expect(socket.onPost?.()).toBe('LOST');
});

test('each service is as far away as it is', async () => {
  const slow = createSlowness({ ...NOTHING, dynamodb: [50, 50] }, HALF);
  const answered: string[] = [];
  const ask = async (name: string): Promise<void> => {
    const { body } = await slow.service(service(name)).handle({} as never, {} as never);
    answered.push(String(body));
  };
  await Promise.all(['dynamodb', 'kms', 'unknown'].map(ask));
  expect(answered.at(-1)).toBe('dynamodb');
});

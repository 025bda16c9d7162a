import { describe, expect, test } from '@jest/globals';
import { createInvoke, InvokeFailed } from '#aws/invokeFunction.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { type Reply, useServer } from './useServer.ts';

const startServer = useServer();
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

async function connect(...replies: Reply[]) {
  const { origin, requests } = await startServer(...replies);
  const waits: number[] = [];
  const client = createSignedClient({
    ...{ service: 'lambda', region: 'eu-west-1', credentials: CREDENTIALS, timeoutMs: 300 },
    endpoint: origin,
  });
  const invoke = createInvoke({
    ...{ client, functionName: 'memopad-dev-auth-watch', random: () => 1 },
    wait: async (ms) => {
      waits.push(ms);
    },
  });
  return { invoke, requests, waits };
}

describe('a function', () => {
  test('is called with a payload and gives what it returned', async () => {
    const { invoke, requests } = await connect({ body: '{"watchToken":"x"}' });
    expect(await invoke({ padId: '메모' })).toEqual({ watchToken: 'x' });
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: '/2015-03-31/functions/memopad-dev-auth-watch/invocations',
        body: '{"padId":"메모"}',
      },
    ]);
  });

  test.each<[string, Reply]>([
    ['is called too often', { status: 429 }],
    ['can’t be reached within Lambda', { status: 503 }],
    ['fails', { headers: { 'x-amz-function-error': 'Unhandled' }, body: '{}' }],
    ['hangs up', 'HANG_UP'],
  ])('that %s is called again, a few times', async (_, reply) => {
    const once = await connect(reply, { body: '1' });
    expect(await once.invoke({})).toBe(1);
    const always = await connect(reply);
    await expect(always.invoke({})).rejects.toThrow(InvokeFailed);
    expect([always.requests.length, always.waits]).toEqual([4, [100, 400, 1_600]]);
  });

  test.each<[string, Reply, RegExp]>([
    ['may not be called', { status: 403, body: 'who is asking' }, /auth-watch.*status 403/],
    ['says nothing', 'SAY_NOTHING', /ETIMEDOUT/],
    ['returns no JSON', { body: '<' }, /JSON/],
  ])('that %s is called once', async (_, reply, message) => {
    const { invoke, requests } = await connect(reply);
    await expect(invoke({})).rejects.toThrow(message);
    expect(requests).toHaveLength(1);
  });
});

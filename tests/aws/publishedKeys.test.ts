import { expect, test } from '@jest/globals';
import { publishedKeys } from '#aws/publishedKeys.ts';
import { type Reply, useServer } from './useServer.ts';

const startServer = useServer();
const KEYS = { keys: [{ kty: 'RSA', kid: '1' }] };
const PUBLISHED: Reply = { body: JSON.stringify(KEYS) };
const AT_ONCE = { wait: async () => {} };

test('keys are read from where they are published', async () => {
  const { origin, requests } = await startServer(PUBLISHED);
  expect(await publishedKeys(`${origin}/.well-known/jwks.json?v=1`)()).toEqual(KEYS);
  expect(requests).toMatchObject([{ method: 'GET', path: '/.well-known/jwks.json?v=1' }]);
});

test.each<[string, Reply]>([
  ['an issuer that is unwell', { status: 500 }],
  ['too many requests', { status: 429 }],
  ['a connection that was cut', 'HANG_UP'],
])('after %s the issuer is asked again', async (_, reply) => {
  const { origin, requests } = await startServer(reply, reply, PUBLISHED);
  expect(await publishedKeys(`${origin}/jwks`, AT_ONCE)()).toEqual(KEYS);
  expect(requests).toHaveLength(3);
});

test.each([
  ['after three times', 503, 3],
  ['at once when there are none', 404, 1],
])('any other answer is none: %s', async (_, status, times) => {
  const { origin, requests } = await startServer({ status, body: '{"keys":[]}' });
  await expect(publishedKeys(`${origin}/jwks`, AT_ONCE)()).rejects.toThrow(`got status ${status}`);
  expect(requests).toHaveLength(times);
});

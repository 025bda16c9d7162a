import { expect, test } from '@jest/globals';
import { publishedKeys } from '#aws/publishedKeys.ts';
import { useServer } from './useServer.ts';

const startServer = useServer();

test('keys are read from where they are published', async () => {
  const keys = { keys: [{ kty: 'RSA', kid: '1' }] };
  const { origin, requests } = await startServer({ body: JSON.stringify(keys) });
  expect(await publishedKeys(`${origin}/.well-known/jwks.json?v=1`)()).toEqual(keys);
  expect(requests).toMatchObject([{ method: 'GET', path: '/.well-known/jwks.json?v=1' }]);
});

test('any other answer is none', async () => {
  const { origin } = await startServer({ status: 503, body: '{"keys":[]}' });
  await expect(publishedKeys(`${origin}/jwks`)()).rejects.toThrow('got status 503');
});

import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { createSandbox } from '#local/appsync/sandbox/sandbox.ts';
import { readResolvers } from '#scripts/resolvers/readResolvers.js';

let code = '';
beforeAll(async () => {
  const { resolvers } = await readResolvers();
  code = resolvers.find(({ fieldName }) => fieldName === 'signIn')?.code ?? '';
});

/** Attempts to sign in are counted by address: nobody may choose theirs. */
test.each([
  ['203.0.113.9, 130.176.0.1', '203.0.113.9'],
  ['6.6.6.6, 203.0.113.9, 130.176.0.1', '203.0.113.9'],
  ['6.6.6.6,6.6.6.7,2001:db8::1,130.176.0.1', '2001:db8::1'],
  ['203.0.113.9', '203.0.113.9'],
  [undefined, ''],
])('x-forwarded-for %j tells the address %j', (forwarded, sourceIp) => {
  const sandbox = createSandbox({ clock: Date.now, randomBytes, log: () => {} });
  const headers = { 'user-agent': 'a test', ...(forwarded && { 'x-forwarded-for': forwarded }) };
  const context = { arguments: { input: {} }, identity: null, request: { headers }, stash: {} };
  const outcome = sandbox.load(code).run('request', context, 'API Key Authorization');
  expect(outcome).toMatchObject({
    value: { operation: 'Invoke', payload: { client: { sourceIp, userAgent: 'a test' } } },
  });
});

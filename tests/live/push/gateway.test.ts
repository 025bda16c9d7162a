import { describe, expect, test } from '@jest/globals';
import { createGatewayByLambda, GatewayOutOfReach } from '#live/push/gatewayByLambda.ts';
import { createWatchTokens } from '#live/push/watchTokens.ts';
import { waitFor } from '#tests/support/waitFor.ts';

const REQUEST = { query: '{ me { id } }', variables: { a: 1 }, padId: 'P', requestId: 'request-1' };

function givenTokens(lifetimeMs = 300_000) {
  let nowMs = 0;
  const issued: unknown[] = [];
  const tokens = createWatchTokens({
    clock: () => nowMs,
    async invoke(payload) {
      issued.push(payload);
      const expiresAt = new Date(nowMs + lifetimeMs).toISOString();
      return { watchToken: `token ${issued.length}`, expiresAt };
    },
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { tokens, issued, pass };
}

describe('a watch token', () => {
  test('is issued once a pad, however many ask, until a minute before it ends', async () => {
    const { tokens, issued, pass } = givenTokens();
    const three = await Promise.all([tokens.of('P'), tokens.of('P'), tokens.of('Q')]);
    expect(three).toEqual(['token 1', 'token 1', 'token 2']);
    expect(issued).toEqual([{ padId: 'P' }, { padId: 'Q' }]);
    pass(239_999);
    expect(await tokens.of('P')).toBe('token 1');
    pass(1);
    expect(await tokens.of('P')).toBe('token 3');
  });

  test('is renewed beside while the old one serves, once at a time and again after trouble', async () => {
    let nowMs = 0;
    const answers: ((token: string | null) => void)[] = [];
    const tokens = createWatchTokens({
      clock: () => nowMs,
      invoke: () =>
        new Promise((resolve, reject) => {
          const expiresAt = new Date(nowMs + 300_000).toISOString();
          answers.push((token) =>
            token ? resolve({ watchToken: token, expiresAt }) : reject(new Error('trouble')),
          );
        }),
    });
    const first = tokens.of('P');
    answers.shift()?.('first');
    expect(await first).toBe('first');
    nowMs += 179_999;
    expect([await tokens.of('P'), answers.length]).toEqual(['first', 0]);
    nowMs += 1;
    expect([await tokens.of('P'), await tokens.of('P')]).toEqual(['first', 'first']);
    expect(answers.length).toBe(1);
    answers.shift()?.(null);
    await waitFor('another try', async () => {
      expect(await tokens.of('P')).toBe('first');
      return answers.length === 1;
    });
    answers.shift()?.('second');
    await waitFor('the new one', async () => (await tokens.of('P')) === 'second');
    expect(answers.length).toBe(0);
  });

  test('is asked for again after trouble, and never made up', async () => {
    const answers: unknown[] = [new Error('trouble'), { watchToken: 1 }, {}];
    const tokens = createWatchTokens({
      clock: () => 0,
      async invoke() {
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return answer ?? { watchToken: 'good', expiresAt: '2026-01-31T09:30:00.000Z' };
      },
    });
    await expect(tokens.of('P')).rejects.toThrow('trouble');
    await expect(tokens.of('P')).rejects.toThrow(/Expected a watch token/);
    await expect(tokens.of('P')).rejects.toThrow(/Expected a watch token/);
    expect(await tokens.of('P')).toBe('good');
  });
});

describe('the gateway', () => {
  const answer = (statusCode: number, body: unknown) => ({
    statusCode,
    body: JSON.stringify(body),
  });

  test('is asked as its HTTP API would ask it, under the pad’s watch token', async () => {
    const { tokens } = givenTokens();
    const events: object[] = [];
    const ask = createGatewayByLambda({
      watchTokens: tokens,
      async invoke(event) {
        events.push(event);
        return answer(200, { data: { me: null } });
      },
    });
    expect(await ask(REQUEST)).toEqual({ data: { me: null } });
    expect(events).toEqual([
      expect.objectContaining({
        version: '2.0',
        rawPath: '/graphql',
        headers: expect.objectContaining({
          authorization: 'Bearer token 1',
          'content-type': 'application/json',
          'x-request-id': 'request-1',
        }),
        body: JSON.stringify({ query: REQUEST.query, variables: { a: 1 } }),
      }),
    ]);
  });

  test('that refuses a token is asked once more with a new one', async () => {
    const { tokens, issued } = givenTokens();
    const statuses = [401, 200, 401, 401];
    const ask = createGatewayByLambda({
      watchTokens: tokens,
      invoke: async () => answer(statuses.shift() ?? 500, { data: null }),
    });
    await ask(REQUEST);
    expect([issued.length, statuses.length]).toEqual([2, 2]);
    await ask(REQUEST);
    expect([issued.length, statuses.length]).toEqual([3, 0]);
  });

  test.each([
    ['nothing', undefined],
    ['a failure', { errorMessage: 'x' }],
    ['no JSON', { statusCode: 200, body: '<html>' }],
    ['null', { statusCode: 200, body: 'null' }],
  ])('that answers %s is out of reach', async (_, given) => {
    const { tokens } = givenTokens();
    const ask = createGatewayByLambda({ watchTokens: tokens, invoke: async () => given });
    await expect(ask(REQUEST)).rejects.toThrow(GatewayOutOfReach);
  });
});

import { describe, expect, jest, test } from '@jest/globals';
import { createAccessTokens } from '#web/playground/accessTokens.ts';
import type { Grant } from '#web/playground/authRequests.ts';

const MINUTE_MS = 60_000;

function grantOf(name: string, expiresAtMs: number): Grant {
  return { accessToken: name, expiresAtMs, refreshToken: `refresh-${name}` };
}

function setUp({ now = 0 } = {}) {
  const clock = { now };
  const refresh = jest.fn(async (_token: string) => grantOf('second', clock.now + 15 * MINUTE_MS));
  const tokens = createAccessTokens({ refresh, now: () => clock.now });
  tokens.hold(grantOf('first', 15 * MINUTE_MS));
  return { clock, refresh, tokens };
}

describe('access tokens', () => {
  test('nothing held is no authorization', async () => {
    const tokens = createAccessTokens({ refresh: () => Promise.reject(), now: () => 0 });
    expect(await tokens.authorization()).toBeNull();
    expect(await tokens.renew()).toBeNull();
  });

  test('a token with a minute left is sent as it is', async () => {
    const { clock, refresh, tokens } = setUp();
    clock.now = 14 * MINUTE_MS;
    expect(await tokens.authorization()).toBe('Bearer first');
    expect(refresh).not.toHaveBeenCalled();
  });

  test('a token with less is refreshed first, and the new one kept', async () => {
    const { clock, refresh, tokens } = setUp();
    clock.now = 14 * MINUTE_MS + 1;
    expect(await tokens.authorization()).toBe('Bearer second');
    expect(await tokens.authorization()).toBe('Bearer second');
    expect(refresh.mock.calls).toEqual([['refresh-first']]);
  });

  test('requests at the same time share one refresh', async () => {
    const { clock, refresh, tokens } = setUp();
    clock.now = 20 * MINUTE_MS;
    const sent = await Promise.all([
      tokens.authorization(),
      tokens.authorization(),
      tokens.renew(),
    ]);
    expect(sent).toEqual(['Bearer second', 'Bearer second', 'Bearer second']);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  test('a token without a refresh token is used to its end', async () => {
    const { clock, refresh, tokens } = setUp();
    tokens.hold({ ...grantOf('lonely', MINUTE_MS), refreshToken: null });
    clock.now = 2 * MINUTE_MS;
    expect(await tokens.authorization()).toBe('Bearer lonely');
    expect(refresh).not.toHaveBeenCalled();
  });

  test('a refresh that fails leaves room for the next', async () => {
    const { clock, refresh, tokens } = setUp();
    clock.now = 20 * MINUTE_MS;
    refresh.mockRejectedValueOnce(new Error('offline'));
    await expect(tokens.authorization()).rejects.toThrow('offline');
    expect(await tokens.authorization()).toBe('Bearer second');
  });

  test('a refresh that is answered after the sign-out brings nothing back', async () => {
    const { tokens } = setUp();
    const renewed = tokens.renew();
    tokens.hold(null);
    expect(await renewed).toBeNull();
    expect(await tokens.authorization()).toBeNull();
  });
});

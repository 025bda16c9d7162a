import { expect, test } from '@jest/globals';
import { createAccessToken } from '#client/accessToken.ts';

const NOW_MS = 1_800_000_000_000;
const LIFETIME_SECONDS = 900;
const MINUTE_MS = 60_000;

function tokenOf(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

async function renewalMs(token: string, clockMs: number, acknowledgement?: object) {
  const clock = () => clockMs;
  const options = { getAccessToken: () => token, refreshAheadMs: MINUTE_MS, clock };
  const accessToken = createAccessToken(options);
  await accessToken.parameters();
  return accessToken.renewalMs(acknowledgement);
}

const FRESH = tokenOf({
  iat: NOW_MS / 1000,
  exp: NOW_MS / 1000 + LIFETIME_SECONDS,
  name: '마이너 ÿ>?',
});

test.each([
  ['right', 0, 14],
  ['10 minutes slow', -10, 14],
  ['10 minutes fast', 10, 4],
  ['an hour fast', 60, 0.5],
])(
  'with a clock that is %s (%i min), a fresh token is replaced after %d minutes',
  async (_clock, off, after) => {
    expect(await renewalMs(FRESH, NOW_MS + off * MINUTE_MS)).toBe(after * MINUTE_MS);
  },
);

test('what the service says of the token counts more than any clock', async () => {
  const clockMs = NOW_MS + 60 * MINUTE_MS;
  expect(await renewalMs(FRESH, clockMs, { expiresInSeconds: 300 })).toBe(4 * MINUTE_MS);
});

test.each([
  ['is no JWT', 'opaque'],
  ['does not say when it ends', tokenOf({ iat: 1 })],
])('a token that %s is not replaced by the clock', async (_what, token) => {
  expect(await renewalMs(token, NOW_MS)).toBeUndefined();
});

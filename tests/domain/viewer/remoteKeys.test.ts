import { beforeAll, describe, expect, test } from '@jest/globals';
import { createVerifier } from '#domain/viewer/accessToken.ts';
import { remoteKeys } from '#domain/viewer/remoteKeys.ts';
import { expectError } from '#tests/domain/auth/expectError.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';

const VIEWER = { userId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', sessionId: '01BX5ZZKBKACTAV9WEVGEMMVRZ' };
const MINUTE_MS = 60_000;

let issuer: TestIssuer;
let successor: TestIssuer;
beforeAll(async () => {
  [issuer, successor] = await Promise.all([createTestIssuer(), createTestIssuer()]);
});

describe("another process' keys", () => {
  test('are fetched once, when first needed', async () => {
    const { verify, loads } = givenVerifier();
    expect(loads()).toBe(0);
    for (const _ of [1, 2, 3]) expect(await verify(await headerOf(issuer))).toEqual(VIEWER);
    expect(loads()).toBe(1);
  });

  test('are fetched once for those who ask at the same time', async () => {
    const { verify, loads } = givenVerifier();
    const headers = await Promise.all([1, 2, 3].map(() => headerOf(issuer)));
    expect(await Promise.all(headers.map(verify))).toEqual([VIEWER, VIEWER, VIEWER]);
    expect(loads()).toBe(1);
  });

  test('are fetched again for a kid that is new', async () => {
    const { verify, loads, publish, pass } = givenVerifier();
    await verify(await headerOf(issuer));
    publish(issuer, successor);
    pass(MINUTE_MS);
    expect(await verify(await headerOf(successor))).toEqual(VIEWER);
    expect(loads()).toBe(2);
  });

  test('are not fetched again and again for kids that are unknown', async () => {
    const { verify, loads } = givenVerifier();
    for (let count = 0; count < 20; count += 1) {
      await expectError(verify(await headerOf(successor)), 'UNAUTHENTICATED', /kid/);
    }
    expect(loads()).toBe(1);
    expect(await verify(await headerOf(issuer))).toEqual(VIEWER);
  });

  test('are forgotten after a while, so that a withdrawn key stops counting', async () => {
    const { verify, publish, pass } = givenVerifier();
    await verify(await headerOf(issuer));
    publish(successor);
    pass(11 * MINUTE_MS);
    await expectError(verify(await headerOf(issuer)), 'UNAUTHENTICATED', /kid/);
  });

  test('that can’t be had say nothing about the token, and are asked for again', async () => {
    const { verify, loads, breakDown } = givenVerifier();
    const mend = breakDown();
    await expect(verify(await headerOf(issuer))).rejects.toThrow('out of order');
    mend();
    expect(await verify(await headerOf(issuer))).toEqual(VIEWER);
    expect(loads()).toBe(2);
  });

  test('count on while their issuer is down, which is asked again twice a minute', async () => {
    const { verify, loads, pass, breakDown } = givenVerifier();
    await verify(await headerOf(issuer));
    breakDown();
    pass(11 * MINUTE_MS);
    for (const _ of [1, 2, 3]) expect(await verify(await headerOf(issuer))).toEqual(VIEWER);
    expect(loads()).toBe(2);
    pass(MINUTE_MS);
    expect(await verify(await headerOf(issuer))).toEqual(VIEWER);
    expect(loads()).toBe(3);
  });

  test('don’t outlive their issuer by more than six hours', async () => {
    const { verify, pass, breakDown } = givenVerifier();
    await verify(await headerOf(issuer));
    breakDown();
    pass(6 * 60 * MINUTE_MS);
    await expect(verify(await headerOf(issuer))).rejects.toThrow('out of order');
  });
});

const headerOf = async ({ issue }: TestIssuer) => `Bearer ${(await issue(VIEWER)).token}`;

function givenVerifier() {
  let published = [issuer];
  let loads = 0;
  let broken = false;
  let passedMs = 0;
  const clock = () => Date.now() + passedMs;
  const keys = remoteKeys({
    clock,
    load: async () => {
      loads += 1;
      if (broken) throw new Error('out of order');
      return { keys: published.flatMap(({ signingKey }) => signingKey.published) };
    },
  });
  return {
    verify: createVerifier({ issuer: issuer.url, keys, clock: Date.now }),
    loads: () => loads,
    publish: (...issuers: TestIssuer[]) => {
      published = issuers;
    },
    pass: (ms: number) => {
      passedMs += ms;
    },
    breakDown: () => {
      broken = true;
      return () => {
        broken = false;
      };
    },
  };
}

import { beforeAll, describe, expect, test } from '@jest/globals';
import { createVerifier, type VerifyAuthorization } from '#domain/viewer/accessToken.ts';
import { remoteKeys } from '#domain/viewer/remoteKeys.ts';
import { expectError } from '#tests/domain/auth/expectError.ts';
import { createTestIssuer, type TestIssuer } from '#tests/support/issuer.ts';

const VIEWER = { userId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', sessionId: '01BX5ZZKBKACTAV9WEVGEMMVRZ' };
const JWKS_URI = 'https://auth.example.com/.well-known/jwks.json';

let issuer: TestIssuer;
let successor: TestIssuer;
beforeAll(async () => {
  [issuer, successor] = await Promise.all([createTestIssuer(), createTestIssuer()]);
});

describe("another process' keys", () => {
  test('are fetched once, when first needed', async () => {
    const { verify, fetched } = givenVerifier(() => [issuer]);
    expect(fetched).toEqual([]);
    for (const _ of [1, 2, 3]) expect(await verify(await headerOf(issuer))).toEqual(VIEWER);
    expect(fetched).toEqual([JWKS_URI]);
  });

  test('are fetched again for a kid that is new', async () => {
    let published = [issuer];
    const { verify, fetched } = givenVerifier(() => published, 0);
    await verify(await headerOf(issuer));
    published = [issuer, successor];
    expect(await verify(await headerOf(successor))).toEqual(VIEWER);
    expect(fetched).toHaveLength(2);
  });

  test('are not fetched again and again for kids that are unknown', async () => {
    const { verify, fetched } = givenVerifier(() => [issuer]);
    for (let count = 0; count < 20; count += 1) {
      await expectError(verify(await headerOf(successor)), 'UNAUTHENTICATED', /kid/);
    }
    expect(fetched).toHaveLength(1);
    expect(await verify(await headerOf(issuer))).toEqual(VIEWER);
  });
});

const headerOf = async ({ issue }: TestIssuer) => `Bearer ${(await issue(VIEWER)).token}`;

function givenVerifier(
  published: () => TestIssuer[],
  coolDownMs?: number,
): { verify: VerifyAuthorization; fetched: string[] } {
  const fetched: string[] = [];
  const keys = remoteKeys({
    jwksUri: JWKS_URI,
    ...(coolDownMs !== undefined && { coolDownMs }),
    fetch: async (url) => {
      fetched.push(url);
      return Response.json({ keys: published().flatMap(({ signingKey }) => signingKey.published) });
    },
  });
  return { verify: createVerifier({ issuer: issuer.url, keys, clock: Date.now }), fetched };
}

import { createSecretKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { createRsaSigningKey } from '#domain/auth/rsaSigningKey.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('a signing key in memory', () => {
  test('signs with RSASSA-PKCS1-v1_5 and SHA-256', async () => {
    const { sign } = await createRsaSigningKey({ privateKey });
    const data = Buffer.from('data');
    expect(verify('sha256', data, publicKey, await sign(data))).toBe(true);
  });

  test('publishes its public half alone, under its thumbprint', async () => {
    const { kid, published } = await createRsaSigningKey({ privateKey });
    const { kty, n, e } = publicKey.export({ format: 'jwk' }) as {
      kty: 'RSA';
      n: string;
      e: string;
    };
    expect(kid).toBe(await calculateJwkThumbprint({ kty, n, e }));
    expect(published).toEqual([{ kty, n, e, alg: 'RS256', use: 'sig', kid }]);
  });

  test('publishes the keys before and after it too', async () => {
    const next = { kty: 'RSA', kid: 'next', n: 'n', e: 'e' } as const;
    const { kid, published } = await createRsaSigningKey({ privateKey, alsoPublished: [next] });
    expect(published.map((key) => key.kid)).toEqual([kid, 'next']);
  });

  test.each([
    [
      'a short RSA key',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
      /1024 bits/,
    ],
    ['an elliptic curve', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, /got ec/],
    ['a secret', createSecretKey(Buffer.from('secret')), /a secret key/],
  ])('is not %s', async (_, wrong, message) => {
    await expect(createRsaSigningKey({ privateKey: wrong })).rejects.toThrow(message);
  });
});

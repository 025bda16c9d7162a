import { constants, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { kmsSigningKey } from '#aws/kmsSigningKey.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { type Reply, useServer } from './useServer.ts';

const startServer = useServer();
const KEY_ARN = 'arn:aws:kms:ap-northeast-2:000000000000:key/1';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const DER = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const DATA = Buffer.from('header.claims');
const SIGNATURE = sign('sha256', DATA, { key: privateKey, padding: constants.RSA_PKCS1_PADDING });

const json = (body: object, status = 200): Reply => ({ status, body: JSON.stringify(body) });
const PUBLIC = json({ PublicKey: DER });
const SIGNED = json({ Signature: SIGNATURE.toString('base64') });
const THROTTLED = json({ __type: 'ThrottlingException' }, 400);
const DENIED = json({ __type: 'AccessDeniedException', message: 'not authorized' }, 400);

describe('a key in KMS', () => {
  test('is published with everything that verifiers want', async () => {
    const { key, requests } = await connect(PUBLIC);
    const { n, e } = publicKey.export({ format: 'jwk' });
    const kid = await calculateJwkThumbprint({ kty: 'RSA', n: String(n), e: String(e) });
    expect(key.kid).toBe(kid);
    expect(key.published).toEqual([{ kty: 'RSA', n, e, alg: 'RS256', use: 'sig', kid }]);
    expect(requests).toMatchObject([
      {
        path: '/',
        body: JSON.stringify({ KeyId: KEY_ARN }),
        headers: {
          'x-amz-target': 'TrentService.GetPublicKey',
          'content-type': 'application/x-amz-json-1.1',
          authorization: expect.stringContaining('/kms/aws4_request'),
        },
      },
    ]);
  });

  test('signs without leaving it', async () => {
    const { key, requests } = await connect(PUBLIC, SIGNED);
    const signature = await key.sign(DATA);
    const der = { key: Buffer.from(DER, 'base64'), format: 'der', type: 'spki' } as const;
    expect(verify('sha256', DATA, createPublicKey(der), signature)).toBe(true);
    expect(JSON.parse(requests[1]?.body ?? '')).toEqual({
      KeyId: KEY_ARN,
      Message: DATA.toString('base64'),
      MessageType: 'RAW',
      SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
    });
  });

  test('that may not be used says so', async () => {
    await expect(connect(DENIED)).rejects.toThrow(
      /^Expected KMS to answer GetPublicKey, got status 400: .*AccessDeniedException/,
    );
  });
});

describe('what fails for a moment is tried again', () => {
  test.each<[string, Reply]>([
    ['too many requests', THROTTLED],
    ['a server that is unwell', json({ __type: 'KMSInternalException' }, 500)],
    ['a connection that was cut', 'HANG_UP'],
  ])('%s', async (_, reply) => {
    const { key, requests, waits } = await connect(reply, PUBLIC, reply, reply, SIGNED);
    expect(await key.sign(DATA)).toEqual(SIGNATURE);
    expect(requests).toHaveLength(5);
    expect(waits).toEqual([50, 50, 200]);
  });

  test('and nothing else', async () => {
    const { key, requests } = await connect(PUBLIC, DENIED);
    await expect(key.sign(DATA)).rejects.toThrow(/got status 400: .*AccessDeniedException/);
    expect(requests).toHaveLength(2);
  });

  test('and not for ever', async () => {
    const { key, requests } = await connect(PUBLIC, THROTTLED);
    await expect(key.sign(DATA)).rejects.toThrow(/got status 400: .*ThrottlingException/);
    expect(requests).toHaveLength(4);
  });
});

/** Nobody waits, and chance is always in the middle. */
async function connect(...replies: Reply[]) {
  const { origin, requests } = await startServer(...replies);
  const client = createSignedClient({
    service: 'kms',
    region: 'ap-northeast-2',
    endpoint: origin,
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    timeoutMs: 5_000,
  });
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const key = await kmsSigningKey(client, KEY_ARN, { wait, random: () => 0.5 });
  return { key, requests, waits };
}

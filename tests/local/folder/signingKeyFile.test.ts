import { createPublicKey, generateKeyPairSync, type JsonWebKey, verify } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createSigningKey, openSigningKey } from '#local/folder/signingKeyFile.ts';
import { StartError } from '#local/startError.ts';
import { useFolders } from '#tests/support/folder.ts';

const makeFolder = useFolders();
const makeName = () => join(makeFolder(), 'signing-key.json');
const modeOf = (file: string) => statSync(file).mode & 0o777;

test('the key is made once and is the same ever after, for our eyes only', async () => {
  const file = makeName();
  const first = await openSigningKey(file);
  expect(modeOf(file)).toBe(0o600);
  const second = await openSigningKey(file);
  expect(second.kid).toBe(first.kid);
  const [published] = second.published;
  const key = createPublicKey({ key: published as JsonWebKey, format: 'jwk' });
  const data = Buffer.from('data');
  expect(verify('sha256', data, key, await first.sign(data))).toBe(true);
});

test('only public parts are published', async () => {
  const [published] = (await createSigningKey()).published;
  expect(Object.keys(published ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

test('a file others could read is theirs no longer', async () => {
  const file = makeName();
  await openSigningKey(file);
  chmodSync(file, 0o644);
  await openSigningKey(file);
  expect(modeOf(file)).toBe(0o600);
});

test.each([
  ['nothing', ''],
  ['half a key', '{"kty":"RSA","n":"AQAB"'],
  ['a key of another kind', exportKey('ec', { namedCurve: 'P-256' })],
  ['a short key', exportKey('rsa', { modulusLength: 1024 })],
])('%s is refused with the way out, and not replaced', async (_name, text) => {
  const file = makeName();
  writeFileSync(file, text);
  const opening = openSigningKey(file);
  await expect(opening).rejects.toThrow(StartError);
  await expect(opening).rejects.toThrow('then everyone has to sign in again');
  expect(readFileSync(file, 'utf8')).toBe(text);
});

function exportKey(kind: string, options: object): string {
  const { privateKey } = generateKeyPairSync(kind as 'rsa', options as { modulusLength: number });
  return JSON.stringify(privateKey.export({ format: 'jwk' }));
}

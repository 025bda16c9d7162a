import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { kmsSigningKey } from '#aws/kmsSigningKey.ts';
import { createSignedClient } from '#aws/signedClient.ts';
import { arn, REGION } from '#local/cloud/account.ts';
import type { Statement } from '#local/cloud/iam/policy.ts';
import { createKmsService } from '#local/cloud/kms/service.ts';
import { openPrivateKey } from '#local/folder/privateKeyFile.ts';
import { openSigningKey } from '#local/folder/signingKeyFile.ts';
import { ALLOW_ALL, PRINCIPAL, useEndpoints } from '#tests/support/awsEndpoint.ts';
import { useFolders } from '#tests/support/folder.ts';

const KEY = arn('kms', 'key/12345678-1234-1234-1234-123456789012');
const ALGORITHM = 'RSASSA_PKCS1_V1_5_SHA_256';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const MESSAGE = Buffer.from('header.payload');

const startEndpoint = useEndpoints();
const makeFolder = useFolders();

async function startKms(...statements: Statement[]) {
  const endpoint = await startEndpoint(createKmsService([{ arn: KEY, privateKey }]));
  const credentials = endpoint.grant(...(statements.length > 0 ? statements : [ALLOW_ALL]));
  return async (operation: string, input: object) => {
    const target = `TrentService.${operation}`;
    const contentType = 'application/x-amz-json-1.1';
    const call = { credentials, service: 'kms', target, contentType, input };
    const { status, headers, body } = await endpoint.call(call);
    expect(headers['content-type']).toBe(contentType);
    return { status, ...JSON.parse(body) };
  };
}

const signInput = (message: Buffer, rest: object = {}) => ({
  KeyId: KEY,
  Message: message.toString('base64'),
  SigningAlgorithm: ALGORITHM,
  ...rest,
});

const isSignature = (signature: string, message = MESSAGE): boolean =>
  verify('sha256', message, publicKey, Buffer.from(signature, 'base64'));

describe('Sign', () => {
  test.each([{}, { MessageType: 'RAW' }, { KeyId: KEY.slice(KEY.indexOf('/') + 1) }])(
    'a message: %j',
    async (rest) => {
      const kms = await startKms();
      const answer = await kms('Sign', signInput(MESSAGE, rest));
      expect(answer).toMatchObject({ status: 200, KeyId: KEY, SigningAlgorithm: ALGORITHM });
      expect(isSignature(answer.Signature)).toBe(true);
      expect(isSignature(answer.Signature, Buffer.from('other'))).toBe(false);
    },
  );

  test('a digest gives the very signature its message gives', async () => {
    const kms = await startKms();
    const digest = createHash('sha256').update(MESSAGE).digest();
    const answer = await kms('Sign', signInput(digest, { MessageType: 'DIGEST' }));
    expect(answer.Signature).toBe((await kms('Sign', signInput(MESSAGE))).Signature);
    expect(isSignature(answer.Signature)).toBe(true);
  });

  test('a message of 4,096 bytes, and none that is longer', async () => {
    const kms = await startKms();
    expect(await kms('Sign', signInput(Buffer.alloc(4096, 1)))).toMatchObject({ status: 200 });
    expect(await kms('Sign', signInput(Buffer.alloc(4097, 1)))).toEqual({
      status: 400,
      __type: 'ValidationException',
      message:
        "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096",
    });
  });

  test.each<[string, object, string, string]>([
    ['an empty message', { Message: '' }, 'ValidationException', 'greater than or equal to 1'],
    [
      'no message',
      { Message: undefined },
      'ValidationException',
      "'message' failed to satisfy constraint: Member must not be null",
    ],
    ['a message that is no text', { Message: 1 }, 'SerializationException', 'Blob'],
    [
      'a digest of another length',
      { MessageType: 'DIGEST' },
      'ValidationException',
      `Digest is invalid length for algorithm ${ALGORITHM}.`,
    ],
    [
      'another message type',
      { MessageType: 'raw' },
      'ValidationException',
      'enum value set: [RAW, DIGEST]',
    ],
    [
      'no algorithm',
      { SigningAlgorithm: undefined },
      'ValidationException',
      "'signingAlgorithm' failed",
    ],
    [
      'no algorithm of RSA’s',
      { SigningAlgorithm: 'ECDSA_SHA_256' },
      'ValidationException',
      'enum value set',
    ],
    [
      'an algorithm that isn’t here',
      { SigningAlgorithm: 'RSASSA_PSS_SHA_256' },
      'UnsupportedOperationException',
      'on a laptop',
    ],
    ['a rehearsal', { DryRun: true }, 'UnknownOperationException', 'DryRun'],
    ['a grant token', { GrantTokens: ['a'] }, 'UnknownOperationException', 'GrantTokens'],
    ['no key', { KeyId: undefined }, 'ValidationException', "'keyId'"],
    [
      'a key that isn’t there',
      { KeyId: 'nope' },
      'NotFoundException',
      `Key '${arn('kms', 'key/nope')}' does not exist`,
    ],
    [
      'an alias',
      { KeyId: 'alias/a' },
      'NotFoundException',
      `Alias ${arn('kms', 'alias/a')} is not found.`,
    ],
  ])('refuses %s', async (_name, rest, type, message) => {
    const kms = await startKms();
    const answer = await kms('Sign', signInput(MESSAGE, rest));
    expect(answer).toEqual({
      status: 400,
      __type: type,
      message: expect.stringContaining(message),
    });
  });
});

test('GetPublicKey gives the public half as SubjectPublicKeyInfo', async () => {
  const kms = await startKms();
  const { PublicKey, ...rest } = await kms('GetPublicKey', { KeyId: KEY });
  const found = createPublicKey({
    key: Buffer.from(PublicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  expect(found.equals(publicKey)).toBe(true);
  expect(rest).toMatchObject({ KeyId: KEY, KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
  expect(rest.SigningAlgorithms).toContain(ALGORITHM);
});

test('other operations are refused by name', async () => {
  const kms = await startKms();
  expect(await kms('ScheduleKeyDeletion', { KeyId: KEY })).toEqual({
    status: 400,
    __type: 'UnknownOperationException',
    message: 'KMS on a laptop doesn’t offer ScheduleKeyDeletion.'.replace('’', "'"),
  });
  expect(await kms('constructor', { KeyId: KEY })).toMatchObject({ status: 400 });
});

test('asks IAM for the operation and the key', async () => {
  const statement: Statement = { Effect: 'Allow', Action: 'kms:GetPublicKey', Resource: KEY };
  const kms = await startKms(statement);
  expect(await kms('GetPublicKey', { KeyId: KEY })).toMatchObject({ status: 200 });
  expect(await kms('Sign', signInput(MESSAGE))).toEqual({
    status: 400,
    __type: 'AccessDeniedException',
    Message: `User: ${PRINCIPAL} is not authorized to perform: kms:Sign on resource: ${KEY} because no identity-based policy allows the kms:Sign action`,
  });
  const other = arn('kms', 'key/other');
  expect(await kms('GetPublicKey', { KeyId: other })).toMatchObject({
    __type: 'AccessDeniedException',
  });
});

test('a service signs its tokens with the key a data folder has had all along', async () => {
  const file = join(makeFolder(), 'signing-key.json');
  const before = await openSigningKey(file);
  const service = createKmsService([{ arn: KEY, privateKey: await openPrivateKey(file) }]);
  const endpoint = await startEndpoint(service);
  const client = createSignedClient({
    service: 'kms',
    region: REGION,
    endpoint: endpoint.url,
    credentials: endpoint.grant(ALLOW_ALL),
    timeoutMs: 5_000,
  });
  const now = await kmsSigningKey(client, KEY);
  expect(now.kid).toBe(before.kid);
  expect(Buffer.from(await now.sign(MESSAGE))).toEqual(Buffer.from(await before.sign(MESSAGE)));
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

import { createPublicKey, type KeyObject } from 'node:crypto';
import { arn } from '#local/cloud/account.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import type { AwsAnswer, AwsService } from '#local/cloud/endpoint.ts';
import { authorize } from '#local/cloud/iam/authorize.ts';
import { RSA_ALGORITHMS, SIGNING_ALGORITHM, type SignInput, signMessage } from './signing.ts';

/** An RSA_2048 key for SIGN_VERIFY, whose key policy leaves everything to IAM. */
export interface KmsKey {
  readonly arn: string;
  readonly privateKey: KeyObject;
}

const TARGET = 'TrentService.';

interface Input extends SignInput {
  readonly KeyId?: unknown;
  readonly DryRun?: unknown;
  readonly GrantTokens?: unknown;
}

type Operation = (key: KmsKey, input: Input) => Promise<object>;

const OPERATIONS: Readonly<Record<string, Operation>> = { Sign: sign, GetPublicKey: getPublicKey };

/** KMS, as far as keys that sign need it. https://docs.aws.amazon.com/kms/latest/APIReference/ */
export function createKmsService(keys: readonly KmsKey[]): AwsService {
  return {
    signingName: 'kms',
    accepts: ({ headers }) => headers['x-amz-target']?.startsWith(TARGET) ?? false,
    async handle({ headers, body }, caller) {
      const name = headers['x-amz-target']?.slice(TARGET.length) ?? '';
      const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
      if (!operation) throw notOffered(name);
      const input = parse(body);
      const keyArn = readKeyArn(input);
      authorize(caller, `kms:${name}`, keyArn);
      const key = keys.find((one) => one.arn === keyArn);
      if (!key) throw new AwsError('NotFoundException', `Key '${keyArn}' does not exist`);
      return toAnswer(await operation(key, input));
    },
  };
}

async function sign({ arn: KeyId, privateKey }: KmsKey, input: Input): Promise<object> {
  const signature = await signMessage(privateKey, input);
  return {
    KeyId,
    Signature: signature.toString('base64'),
    SigningAlgorithm: SIGNING_ALGORITHM,
  };
}

async function getPublicKey({ arn: KeyId, privateKey }: KmsKey): Promise<object> {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    KeyId,
    PublicKey: der.toString('base64'),
    CustomerMasterKeySpec: 'RSA_2048',
    KeySpec: 'RSA_2048',
    KeyUsage: 'SIGN_VERIFY',
    SigningAlgorithms: RSA_ALGORITHMS,
  };
}

function parse(body: Buffer): Input {
  let input: Input;
  try {
    input = Object(JSON.parse(body.toString()));
  } catch {
    throw new AwsError('SerializationException', 'Expected the body to be JSON.');
  }
  if (input.DryRun !== undefined) throw notOffered('DryRun');
  if (input.GrantTokens !== undefined) throw notOffered('GrantTokens');
  return input;
}

function notOffered(what: string): AwsError {
  return new AwsError('UnknownOperationException', `KMS on a laptop doesn't offer ${what}.`);
}

/** A key is named by its ARN, or by its id alone; there are no aliases here. */
function readKeyArn({ KeyId: id }: Input): string {
  if (typeof id !== 'string' || id === '') {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value at 'keyId' failed to satisfy constraint: Member must not be null",
    );
  }
  if (id.startsWith('alias/') || id.includes(':alias/')) {
    const alias = id.startsWith('alias/') ? arn('kms', id) : id;
    throw new AwsError('NotFoundException', `Alias ${alias} is not found.`);
  }
  return id.startsWith('arn:') ? id : arn('kms', `key/${id}`);
}

function toAnswer(output: object): AwsAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(output),
  };
}

import { constants, type KeyObject, privateEncrypt, sign } from 'node:crypto';
import { AwsError } from '#local/cloud/awsError.ts';

/** The one algorithm there is on a laptop: RFC 7518 calls it RS256. */
export const SIGNING_ALGORITHM = 'RSASSA_PKCS1_V1_5_SHA_256';

/** What an RSA key can be used with on AWS. */
export const RSA_ALGORITHMS: readonly string[] = [
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
];

const MAX_MESSAGE_BYTES = 4096;
const DIGEST_BYTES = 32;
/** How PKCS #1 says that 32 bytes of SHA-256 follow: https://www.rfc-editor.org/rfc/rfc8017#section-9.2 */
const SHA_256_FOLLOWS = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** What a Sign request says. https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
export interface SignInput {
  readonly Message?: unknown;
  readonly MessageType?: unknown;
  readonly SigningAlgorithm?: unknown;
}

/** Signs a message or its digest. @throws AwsError in KMS's words */
export async function signMessage(key: KeyObject, input: SignInput): Promise<Buffer> {
  checkAlgorithm(input.SigningAlgorithm);
  const message = readMessage(input.Message);
  switch (input.MessageType) {
    case undefined:
    case 'RAW':
      return signInThreadPool(message, key);
    case 'DIGEST':
      return signDigest(message, key);
    default:
      throw invalid(
        `Value '${input.MessageType}' at 'messageType'`,
        'satisfy enum value set: [RAW, DIGEST]',
      );
  }
}

function checkAlgorithm(algorithm: unknown): void {
  if (algorithm === SIGNING_ALGORITHM) return;
  if (algorithm === undefined) throw invalid("Value at 'signingAlgorithm'", 'not be null');
  if (!RSA_ALGORITHMS.includes(String(algorithm))) {
    throw invalid(
      `Value '${algorithm}' at 'signingAlgorithm'`,
      `satisfy enum value set: [${RSA_ALGORITHMS.join(', ')}]`,
    );
  }
  throw new AwsError(
    'UnsupportedOperationException',
    `KMS on a laptop signs with ${SIGNING_ALGORITHM} alone, not with ${algorithm}.`,
  );
}

function readMessage(value: unknown): Buffer {
  if (value === undefined) throw invalid("Value at 'message'", 'not be null');
  if (typeof value !== 'string') throw new AwsError('SerializationException', 'Expected a Blob.');
  const message = Buffer.from(value, 'base64');
  if (message.length === 0) {
    throw invalid("Value at 'message'", 'have length greater than or equal to 1');
  }
  if (message.length > MAX_MESSAGE_BYTES) {
    throw invalid("Value at 'message'", `have length less than or equal to ${MAX_MESSAGE_BYTES}`);
  }
  return message;
}

const invalid = (what: string, rule: string): AwsError =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: ${what} failed to satisfy constraint: Member must ${rule}`,
  );

/** Node's callback form of `sign` works in the thread pool. */
const signInThreadPool = (message: Buffer, key: KeyObject): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    sign('sha256', message, key, (error, signature) =>
      error ? reject(error) : resolve(signature),
    );
  });

function signDigest(digest: Buffer, key: KeyObject): Buffer {
  if (digest.length !== DIGEST_BYTES) {
    throw new AwsError(
      'ValidationException',
      `Digest is invalid length for algorithm ${SIGNING_ALGORITHM}.`,
    );
  }
  const padding = constants.RSA_PKCS1_PADDING;
  return privateEncrypt({ key, padding }, Buffer.concat([SHA_256_FOLLOWS, digest]));
}

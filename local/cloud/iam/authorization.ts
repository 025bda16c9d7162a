import { createHash } from 'node:crypto';
import { AwsError } from '#local/cloud/awsError.ts';

/** What the header `authorization` of a signed request says. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `20260131/ap-northeast-2/dynamodb/aws4_request`. */
  readonly scope: string;
  /** Names in lower case. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  /** When it was signed: `20260131T093000Z`. */
  readonly time: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256 ';
const TIME = /^\d{8}T\d{6}Z$/;

/** @param headers names in lower case. @throws AwsError when there is none, or something is missing in it */
export function readAuthorization(headers: Readonly<Record<string, string>>): Authorization {
  const text = headers.authorization;
  if (!text?.startsWith(ALGORITHM)) {
    throw new AwsError(
      'MissingAuthenticationTokenException',
      'Request is missing Authentication Token',
    );
  }
  const fields = new Map(
    text
      .slice(ALGORITHM.length)
      .split(/[,\s]+/)
      .map((part) => splitAtFirst(part, '=')),
  );
  const time = headers['x-amz-date'] ?? '';
  refuseIncomplete(text, fields, time);
  const [accessKeyId, scope] = splitAtFirst(fields.get('Credential') ?? '', '/');
  const signedHeaders = (fields.get('SignedHeaders') ?? '').split(';');
  if (!signedHeaders.includes('host')) {
    throw new AwsError(
      'InvalidSignatureException',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  return { accessKeyId, scope, signedHeaders, signature: fields.get('Signature') ?? '', time };
}

function refuseIncomplete(text: string, fields: ReadonlyMap<string, string>, time: string): void {
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !fields.get(name))
    .map((name) => `Authorization header requires '${name}' parameter. `);
  if (!TIME.test(time)) {
    missing.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
    );
  }
  if (missing.length === 0) return;
  const hash = createHash('sha256').update(text).digest('base64');
  throw new AwsError(
    'IncompleteSignatureException',
    `${missing.join('')}(Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`,
  );
}

function splitAtFirst(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

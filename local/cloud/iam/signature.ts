import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#domain/clock.ts';
import { REGION } from '#local/cloud/account.ts';
import { AwsError } from '#local/cloud/awsError.ts';
import { type Authorization, readAuthorization } from './authorization.ts';
import type { Caller, Callers } from './callers.ts';
import { type SignedRequest, toCanonicalRequest } from './canonicalRequest.ts';

export interface SignatureVerifierOptions {
  readonly callers: Pick<Callers, 'find'>;
  readonly clock?: Clock | undefined;
}

/** @param service its name in signatures: `dynamodb`. @returns whose signature it is. @throws AwsError */
export type VerifySignature = (request: SignedRequest, service: string) => Caller;

const MAX_SKEW_MS = 5 * 60 * 1000;

/**
 * Verifies Signature Version 4 in the header `authorization`, over the body as it came.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * What is wrong is told in AWS's words: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function createSignatureVerifier(options: SignatureVerifierOptions): VerifySignature {
  const { callers, clock = Date.now } = options;
  // Deriving a key costs more than the signature, and it holds for a day.
  const keys = new Map<string, Buffer>();
  const keyOf = (caller: Caller, scope: string): Buffer => {
    const name = `${caller.accessKeyId}/${scope}`;
    const key = keys.get(name) ?? deriveKey(caller.secretAccessKey, scope);
    keys.set(name, key);
    return key;
  };
  return (request, service) => {
    const authorization = readAuthorization(request.headers);
    checkScope(authorization, service);
    checkTime(authorization.time, clock());
    const caller = callers.find(authorization.accessKeyId);
    const { 'x-amz-security-token': sessionToken = '' } = request.headers;
    if (!caller || sessionToken !== caller.sessionToken) {
      throw new AwsError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    }
    const expected = hmac(keyOf(caller, authorization.scope), toSign(request, authorization));
    if (!isSame(expected, authorization.signature)) throw mismatch();
    return caller;
  };
}

function checkScope({ scope, time }: Authorization, service: string): void {
  const [date = '', region, scopedService, end] = scope.split('/');
  const wrong = [
    ...(region === REGION
      ? []
      : [`Credential should be scoped to a valid region, not '${region}'. `]),
    ...(scopedService === service
      ? []
      : [`Credential should be scoped to correct service: '${service}'. `]),
    ...(end === 'aws4_request'
      ? []
      : [`Credential should be scoped with a valid terminator: 'aws4_request', not '${end}'. `]),
    ...(time.startsWith(`${date}T`)
      ? []
      : [
          `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${time.slice(0, 8)}', from '${time}'. `,
        ]),
  ];
  if (wrong.length > 0) throw new AwsError('InvalidSignatureException', wrong.join('').trim());
}

function checkTime(time: string, now: number): void {
  const signedAt = Date.parse(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (Math.abs(now - signedAt) <= MAX_SKEW_MS) return;
  const [earliest, current, latest] = [now - MAX_SKEW_MS, now, now + MAX_SKEW_MS].map(amzTime);
  const message =
    signedAt < now
      ? `Signature expired: ${time} is now earlier than ${earliest} (${current} - 5 min.)`
      : `Signature not yet current: ${time} is still later than ${latest} (${current} + 5 min.)`;
  throw new AwsError('InvalidSignatureException', message);
}

/** `20260131T093000Z`. */
const amzTime = (epochMs: number): string =>
  new Date(epochMs).toISOString().replace(/[-:]|\.\d{3}/g, '');

function toSign(request: SignedRequest, { time, scope, signedHeaders }: Authorization): string {
  const hash = createHash('sha256').update(toCanonicalRequest(request, signedHeaders));
  return `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash.digest('hex')}`;
}

/** @param scope `20260131/ap-northeast-2/dynamodb/aws4_request` */
function deriveKey(secretAccessKey: string, scope: string): Buffer {
  return scope
    .split('/')
    .reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secretAccessKey}`));
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function isSame(expected: Buffer, signature: string): boolean {
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function mismatch(): AwsError {
  return new AwsError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

import { describe, expect, test } from '@jest/globals';
import { AwsV4Signer } from 'aws4fetch';
import fc from 'fast-check';
import { createSigner, type RequestToSign } from '#aws/signature.ts';

const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const NOW = Date.UTC(2026, 10, 20, 9, 30, 15, 250);

/** Encoded as it goes over the wire; `.` and `..` would be taken for places. */
const SEGMENT = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => !/^\.+$/.test(text))
  .map(encodeURIComponent);

describe('a signature', () => {
  test('is the one of AWS’s own example', () => {
    // https://docs.aws.amazon.com/general/latest/gr/sigv4-signed-request-examples.html
    const sign = createSigner({
      service: 'iam',
      region: 'us-east-1',
      credentials: CREDENTIALS,
      clock: () => Date.UTC(2011, 8, 9, 23, 36),
    });
    const signed = sign({
      host: 'iam.amazonaws.com',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'Action=ListUsers&Version=2010-05-08',
    });
    expect(signed['x-amz-date']).toBe('20110909T233600Z');
    expect(signed.authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=ced6826de92d2bdeed8f846f0bf508e8559e98e4b0199114b84c54174deb456c',
    );
  });

  test('is the one that another implementation makes, whatever is signed', async () => {
    const request = fc.record({
      path: fc.array(SEGMENT, { minLength: 1 }).map((segments) => `/${segments.join('/')}`),
      body: fc.string({ unit: 'grapheme' }),
      target: fc.constantFrom('TrentService.Sign', 'DynamoDB_20120810.GetItem'),
      sessionToken: fc.option(fc.base64String({ minLength: 1 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ path, body, target, sessionToken }) => {
        const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
        const host = '127.0.0.1:4566';
        await expectAgreement({ host, path, headers, body }, sessionToken);
      }),
    );
  });

  test.each([
    '/2015-03-31/functions/memopad-dev-memo/invocations',
    `/2015-03-31/functions/${encodeURIComponent('arn:aws:lambda:eu-west-1:000000000000:function:a')}/invocations`,
    "/it's!(one)*",
  ])('covers the path %s', async (path) => {
    await expectAgreement({ host: 'lambda.example', path, headers: {}, body: '{"memo":"메모"}' });
  });

  test('changes with the day, though the key of a day is remembered', () => {
    let now = NOW;
    const options = { service: 'kms', region: 'eu-west-1', credentials: CREDENTIALS };
    const sign = createSigner({ ...options, clock: () => now });
    const request = { host: 'h', path: '/', headers: {}, body: '' };
    const today = sign(request);
    now += 24 * 60 * 60 * 1000;
    const tomorrow = sign(request);
    expect(tomorrow).toEqual(createSigner({ ...options, clock: () => now })(request));
    expect(tomorrow.authorization).not.toBe(today.authorization);
    expect(tomorrow.authorization).toContain('/20261121/eu-west-1/kms/aws4_request');
  });
});

/** Beside aws4fetch, which must come to the same headers. */
async function expectAgreement(request: RequestToSign, sessionToken?: string): Promise<void> {
  const credentials = { ...CREDENTIALS, ...(sessionToken && { sessionToken }) };
  const options = { service: 'lambda', region: 'ap-northeast-2' };
  const signed = createSigner({ ...options, credentials, clock: () => NOW })(request);
  const { host, path, headers, body } = request;
  const theirs = await new AwsV4Signer({
    ...options,
    ...credentials,
    method: 'POST',
    url: `http://${host}${path}`,
    headers,
    body,
    datetime: '20261120T093015Z',
    allHeaders: true,
  }).sign();
  expect(signed.authorization).toBe(theirs.headers.get('authorization'));
  expect(signed['x-amz-security-token'] ?? null).toBe(theirs.headers.get('x-amz-security-token'));
}

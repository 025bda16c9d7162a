import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { toCanonicalRequest } from '#local/cloud/iam/canonicalRequest.ts';

const HEADERS = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };
const NOTHING = Buffer.alloc(0);

test('AWS’s own test case get-vanilla', () => {
  // https://docs.aws.amazon.com/general/latest/gr/signature-v4-test-suite.html
  const request = { method: 'GET', path: '/', headers: HEADERS, body: NOTHING };
  const canonical = toCanonicalRequest(request, ['host', 'x-amz-date']);
  expect(createHash('sha256').update(canonical).digest('hex')).toBe(
    'bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63',
  );
});

test('what stands where', () => {
  const request = {
    method: 'POST',
    path: '/a%3Ab/c?z=1&a=%20&a-b=',
    headers: { host: ' one  two ', other: 'unsigned' },
    body: NOTHING,
  };
  expect(toCanonicalRequest(request, ['host', 'missing']).split('\n')).toEqual([
    'POST',
    '/a%253Ab/c',
    'a=%20&a-b=&z=1',
    'host:one two',
    'missing:',
    '',
    'host;missing',
    createHash('sha256').digest('hex'),
  ]);
});

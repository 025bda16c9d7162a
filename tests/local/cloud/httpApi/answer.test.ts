import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '#local/cloud/httpApi/answer.ts';
import { send } from '#tests/support/nodeHttp.ts';
import { useApis } from './useApis.ts';

const start = useApis();

describe('an answer without a statusCode', () => {
  test.each([
    ['an object', '{"message":"Hello"}', '{"message":"Hello"}'],
    ['a list', '[1, 2]', '[1, 2]'],
    ['a text', '"Hello"', 'Hello'],
    ['an empty text', '""', ''],
    ['a number', '3.1', '3.1'],
    ['a truth', 'true', 'true'],
    ['nothing', 'null', 'null'],
  ])('is itself the body of a 200: %s', (_what, payload, body) => {
    expect(readAnswer(payload)).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body,
    });
  });
});

describe('an answer with a statusCode', () => {
  const read = (answer: object) => readAnswer(JSON.stringify(answer));

  test('is plain text when it doesn’t say what it is', () => {
    expect(read({ statusCode: 201, body: 'made' })).toEqual({
      status: 201,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'made',
    });
  });

  test('may leave everything else out', () => {
    expect(read({ statusCode: 204 })).toMatchObject({ status: 204, body: '' });
    expect(read({ statusCode: 200, body: null, headers: null })).toMatchObject({ body: '' });
  });

  test('has headers of text, numbers and truths, whatever their case', () => {
    const { headers } = read({
      statusCode: 200,
      headers: { 'Content-Type': 'text/html', 'X-Count': 3, 'x-fine': true, Connection: 'close' },
    })!;
    expect(headers).toEqual({ 'content-type': 'text/html', 'x-count': '3', 'x-fine': 'true' });
  });

  test('sets each cookie, before one among the headers', () => {
    const { headers } = read({
      statusCode: 200,
      cookies: ['a=1; HttpOnly', 'b=2'],
      headers: { 'Set-Cookie': 'c=3' },
    })!;
    expect(headers['set-cookie']).toEqual(['a=1; HttpOnly', 'b=2', 'c=3']);
  });

  test('has a body of bytes when it says so', () => {
    const bytes = Buffer.from([0, 255, 1]);
    const body = bytes.toString('base64');
    expect(read({ statusCode: 200, body, isBase64Encoded: true })!.body).toEqual(bytes);
  });

  test.each([
    ['a fraction for a status', { statusCode: 200.5 }],
    ['no status', { statusCode: 0 }],
    ['a text for a status', { statusCode: '200' }],
    ['an interim status', { statusCode: 101 }],
    ['an object for a body', { statusCode: 200, body: { a: 1 } }],
    ['a list for headers', { statusCode: 200, headers: [] }],
    ['a list in a header', { statusCode: 200, headers: { a: ['b'] } }],
    ['a line break in a header', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a space in a header’s name', { statusCode: 200, headers: { 'a b': 'c' } }],
    ['a text for cookies', { statusCode: 200, cookies: 'a=1' }],
    ['a line break in a cookie', { statusCode: 200, cookies: ['a\nb'] }],
    ['a text for isBase64Encoded', { statusCode: 200, isBase64Encoded: 'true' }],
  ])('is refused with %s', (_what, answer) => {
    expect(read(answer)).toBeUndefined();
  });
});

test('a client sees status, headers, each cookie and the bytes of the body', async () => {
  const { port } = await start({
    answer: () => ({
      statusCode: 418,
      headers: { 'x-kind': 'teapot', 'content-type': 'text/plain' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('메모').toString('base64'),
      isBase64Encoded: true,
    }),
  });
  const { status, headers, body } = await send(port, { path: '/' });
  expect(status).toBe(418);
  expect(body).toBe('메모');
  expect(headers).toMatchObject({
    'x-kind': 'teapot',
    'content-type': 'text/plain',
    'set-cookie': ['a=1', 'b=2'],
    'content-length': '6',
    'apigw-requestid': 'request-1=',
  });
});

test('an answer to HEAD, and one with 204, come without a body', async () => {
  const { port } = await start({
    answer: ({ rawPath }) => ({ statusCode: rawPath === '/none' ? 204 : 200, body: 'text' }),
  });
  const head = await send(port, { method: 'HEAD', path: '/' });
  expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '4' } });
  const none = await send(port, { path: '/none' });
  expect(none).toMatchObject({ status: 204, body: '' });
  expect(none.headers['content-length']).toBeUndefined();
});

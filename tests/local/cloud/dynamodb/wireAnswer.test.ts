import { describe, expect, test } from '@jest/globals';
import { createAnswerParser, type WireAnswer } from '#local/cloud/dynamodb/wireAnswer.ts';

/** Gives the parser the text in pieces of one size. */
function parse(text: string, bytes = text.length): WireAnswer | undefined {
  const parser = createAnswerParser();
  const whole = Buffer.from(text);
  let answer: WireAnswer | undefined;
  for (let at = 0; at < whole.length; at += bytes) {
    if (answer) throw new Error('There was an answer before the end.');
    answer = parser.add(whole.subarray(at, at + bytes));
  }
  return answer;
}

const SIZES = [1, 2, 3, 7, 50, 1_000];
const WITH_LENGTH =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\ncontent-length: 6\r\n\r\n메모';
const IN_CHUNKS =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\na\r\n\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n';

test.each(SIZES)('a body whose length is told, in pieces of %i bytes', (bytes) => {
  expect(parse(WITH_LENGTH, bytes)).toEqual({
    status: 400,
    headers: { 'content-type': 'text/plain', 'content-length': '6' },
    body: Buffer.from('메모'),
    keepsAlive: true,
  });
});

test.each(SIZES)('a body in chunks, in pieces of %i bytes', (bytes) => {
  expect(parse(IN_CHUNKS, bytes)?.body.toString()).toBe('a\r\n0123456789');
});

test('an empty body', () => {
  expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')?.body).toEqual(Buffer.alloc(0));
});

test('an answer after which the connection is closed', () => {
  const text = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
  expect(parse(text)?.keepsAlive).toBe(false);
});

test.each([WITH_LENGTH, IN_CHUNKS])('no answer before its last byte', (text) => {
  expect(parse(text.slice(0, -1))).toBeUndefined();
});

describe('what is no answer is refused', () => {
  test.each([
    ['another protocol', 'SSH-2.0\r\n\r\n'],
    ['an older version', 'HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ['no length', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n'],
    [
      'another encoding',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: gzip\r\n\r\na',
    ],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['more than one answer', `${WITH_LENGTH}HTTP/1.1`],
    ['more behind the last chunk', `${IN_CHUNKS}x`],
  ])('%s', (_name, text) => {
    expect(() => parse(text)).toThrow(/^Expected /);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { base64url, sha256OfAscii } from '#domain/memo/sha256.ts';

const byNode = (text: string): string => createHash('sha256').update(text).digest('base64url');

const printable = fc
  .array(fc.integer({ min: 32, max: 126 }), { maxLength: 300 })
  .map((codes) => String.fromCharCode(...codes));

describe('sha256OfAscii', () => {
  test('gives what node:crypto gives', () => {
    fc.assert(
      fc.property(printable, (text) => {
        expect(sha256OfAscii(text)).toBe(byNode(text));
      }),
      { numRuns: 500 },
    );
  });

  test('gives it for every length around the ends of blocks', () => {
    for (let length = 0; length <= 200; length += 1) {
      const text = 'a'.repeat(length);
      expect(sha256OfAscii(text)).toBe(byNode(text));
    }
  });

  test('gives the hash of the standard’s example', () => {
    const hex = Buffer.from(sha256OfAscii('abc'), 'base64url').toString('hex');
    expect(hex).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('base64url', () => {
  test('writes bytes as Buffer does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(base64url([...bytes])).toBe(Buffer.from(bytes).toString('base64url'));
      }),
    );
  });
});

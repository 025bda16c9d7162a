import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EXCERPT_BYTES_MAX, excerptOf } from '#domain/memo/excerpt.ts';

const HALF_OF_A_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('excerptOf', () => {
  test.each([
    ['', ''],
    ['장보기 목록', '장보기 목록'],
    ['# Title\n\nfirst  line\r\nsecond\tline\n', 'Title first line second line'],
    ['- [ ] milk\n- [x] bread\n* [X] eggs', 'milk bread eggs'],
    ['> quoted\n>> twice', 'quoted twice'],
    ['Title\n=====\n\n---\n\ntext', 'Title text'],
    ['| a | b |\n|---|---|', 'a | b |'],
    ['```js\nconst a = 1;\n```\nafter', 'const a = 1; after'],
    ['**bold** __too__ ~~gone~~ `code`', 'bold too gone code'],
    ['see [the docs](https://example.com/a) now', 'see the docs now'],
    ['[![npm](https://a/b.svg)](https://c) Memopad', 'npm Memopad'],
    ['<p align="center">\n<b>hi</b></p><!-- no -->', 'hi'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['a - b [c] * d', 'a - b [c] * d'],
    ['-1 degrees', '-1 degrees'],
  ])('of %j is %j', (body, excerpt) => {
    expect(excerptOf(body)).toBe(excerpt);
  });

  test.each([
    ['letters', 'a'.repeat(200), 'a'.repeat(120)],
    ['Korean', '가'.repeat(200), '가'.repeat(40)],
    ['Korean behind a letter', `a${'가'.repeat(200)}`, `a${'가'.repeat(39)}`],
    ['emoji of four bytes', `a${'🌱'.repeat(50)}`, `a${'🌱'.repeat(29)}`],
    ['combining marks', 'e\u0301'.repeat(50), 'e\u0301'.repeat(40)],
    ['a mark that does not fit', `${'a'.repeat(119)}e\u0301`, 'a'.repeat(119)],
    [
      'Korean in separate letters',
      '\u1112\u1161\u11ab'.repeat(20),
      '\u1112\u1161\u11ab'.repeat(13),
    ],
    ['a family of 25 bytes', '👩‍👩‍👧‍👦'.repeat(9), '👩‍👩‍👧‍👦'.repeat(4)],
    ['one character that is too long', `a${'\u0301'.repeat(100)}`, ''],
  ])('cuts %s between characters', (_, body, excerpt) => {
    expect(excerptOf(body)).toBe(excerpt);
  });

  test('holds at most 120 bytes on one line, well-formed, of any body', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.string({
            unit: fc.constantFrom('가', '🌱', '\u0301', ' ', '#', '[', '](', '<a>', '\n'),
          }),
        ),
        (body) => {
          const excerpt = excerptOf(body);
          expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(EXCERPT_BYTES_MAX);
          expect(excerpt).not.toMatch(/[\r\n\t]/);
          expect(excerpt).not.toMatch(HALF_OF_A_PAIR);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is the whole of a short plain text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('memo', '메모', '🌱', 'e\u0301'), { maxLength: 9 }),
        (words) => {
          expect(excerptOf(words.join(' '))).toBe(words.join(' '));
        },
      ),
    );
  });

  test('does not end in half a pair where looking at the body ended', () => {
    const excerpt = excerptOf(`${'#'.repeat(1_998)} ${'🌱'.repeat(9)}`);
    expect(excerpt).toBe('');
  });
});

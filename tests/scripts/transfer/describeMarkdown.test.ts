import { describe, expect, test } from '@jest/globals';
import { describeMarkdown } from '#scripts/transfer/describeMarkdown.ts';

describe('the title', () => {
  test.each([
    ['the front matter, before the heading', '---\ntitle: 여행 계획\n---\n# Heading', '여행 계획'],
    ['the first heading', 'words\n\n## Second level #\n# Later', 'Second level'],
    ['an underlined heading', 'Read me\n=======\n# Later', 'Read me'],
    ['the words of a heading with links and code', '# [memopad](x) and `code`', 'memopad and code'],
    ['the file name when a heading stands in a code block only', '```\n# no\n```\ntext', 'plan'],
    ['the file name when the front matter is not YAML', '---\n: [\n---\n', 'plan'],
    ['the words of a badge', '# memopad ![npm][badge-url]', 'memopad npm'],
    ['a heading right behind a byte order mark', '\uFEFF# Marked', 'Marked'],
    ['the file name for an empty file', '', 'plan'],
    ['a heading behind a byte order mark and CRLF', '\uFEFF---\r\na: 1\r\n---\r\n# Hi\r\n', 'Hi'],
  ])('is %s', (_rule, text, title) => {
    expect(describeMarkdown('trips/plan.md', text).title).toBe(title);
  });

  test('is none that shows nothing', () => {
    expect(describeMarkdown('plan.md', '# \u200b\n').title).toBe('plan');
    expect(describeMarkdown('a.md', '---\ntags: [food, "\u200b"]\n---\n').tags).toEqual(['food']);
  });

  test('is cut to 200 units without cutting an emoji in half', () => {
    const { title } = describeMarkdown('x.md', `# ${'a'.repeat(199)}😀`);
    expect(title).toBe('a'.repeat(199));
  });

  test('has spaces where the heading has control characters', () => {
    expect(describeMarkdown('x.md', '# a\u0007b\tc').title).toBe('a b c');
  });
});

describe('the tags', () => {
  test('come from the front matter and the folders, each once', () => {
    const { tags } = describeMarkdown('서울/food/a.md', '---\ntags: [food, 2026, " "]\n---\n');
    expect(tags).toEqual(['food', '2026', '서울']);
  });

  test('are one where only their composition differs, as in names of folders on macOS', () => {
    const text = '---\ntags: [서울]\n---\n';
    expect(describeMarkdown(`${'서울'.normalize('NFD')}/a.md`, text).tags).toEqual(['서울']);
  });

  test('may be a list with commas', () => {
    expect(describeMarkdown('a.md', '---\ntags: one, two\n---\n').tags).toEqual(['one', 'two']);
  });

  test('are at most 50 of 50 units', () => {
    const path = `${Array.from({ length: 60 }, (_, index) => `${index}${'x'.repeat(60)}`).join('/')}/a.md`;
    const { tags } = describeMarkdown(path, '');
    expect(tags).toHaveLength(50);
    expect(tags.every((tag) => tag.length === 50)).toBe(true);
  });
});

test('the creation time is the date of the front matter', () => {
  const { createdAtMs } = describeMarkdown('a.md', '---\ndate: 2020-02-03\n---\n');
  expect(createdAtMs).toBe(Date.UTC(2020, 1, 3));
  expect(describeMarkdown('a.md', '---\ndate: soon\n---\n').createdAtMs).toBeUndefined();
});

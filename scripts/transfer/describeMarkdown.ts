import { parse } from 'yaml';
import { isBlank } from '#domain/memo/blank.ts';

const MAX_TITLE = 200;
const MAX_TAG = 50;
const MAX_TAGS = 50;

/** What a Markdown text says of itself beside its body. */
export interface Description {
  /** 1–200 UTF-16 units on one line. */
  readonly title: string;
  /** At most 50 of 1–50 UTF-16 units, from the front matter and the folders, without repeats. */
  readonly tags: readonly string[];
  /** The date the front matter names, in milliseconds since 1970. */
  readonly createdAtMs?: number | undefined;
}

/**
 * Title: front matter, else the first heading, else the file's name. Front matter that isn't YAML
 * says nothing: a file is never refused for it.
 * @param path relative to the imported folder, with `/`
 */
export function describeMarkdown(path: string, text: string): Description {
  const { fields, body } = splitFrontMatter(text);
  const folders = path.split('/').slice(0, -1);
  const titles = [textOf(fields.title), firstHeading(body), fileTitle(path), 'Untitled'];
  return {
    title:
      titles.map((title) => oneLine(title, MAX_TITLE)).find((title) => !isBlank(title)) ??
      'Untitled',
    tags: cleanTags([...listOf(fields.tags), ...folders]),
    createdAtMs: dateOf(fields.created ?? fields.createdAt ?? fields.date),
  };
}

function splitFrontMatter(text: string): { fields: Record<string, unknown>; body: string } {
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text);
  if (!match) return { fields: {}, body: text.replace(/^\uFEFF/, '') };
  return { fields: parseFields(match[1] ?? ''), body: text.slice(match[0].length) };
}

function parseFields(yaml: string): Record<string, unknown> {
  try {
    const value: unknown = parse(yaml);
    return value && typeof value === 'object' ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The first `# …` or underlined heading outside a fenced code block. */
function firstHeading(body: string): string {
  const lines = withoutCodeBlocks(body.split(/\r?\n/));
  for (const [index, line] of lines.entries()) {
    const heading = /^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$/.exec(line)?.[1];
    if (heading) return plainText(heading);
    const above = lines[index - 1] ?? '';
    if (/^ {0,3}(=+|-+)[ \t]*$/.test(line) && isParagraph(above)) return plainText(above);
  }
  return '';
}

function withoutCodeBlocks(lines: readonly string[]): string[] {
  let fence = '';
  return lines.filter((line) => {
    const marker = /^ {0,3}(```|~~~)/.exec(line)?.[1];
    const opensOrCloses = marker !== undefined && (fence === '' || fence === marker);
    if (opensOrCloses) fence = fence === '' ? marker : '';
    return fence === '' && !opensOrCloses;
  });
}

function isParagraph(line: string): boolean {
  return line.trim() !== '' && !/^ {0,3}([-*+>|]|\d+[.)])/.test(line);
}

/** Leaves the words of inline Markdown and HTML: a list shows titles as they are. */
function plainText(markdown: string): string {
  return markdown
    .replace(/!\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])?/g, '$1')
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/<[^>]+>/g, '')
    .replace(/[`*]+/g, '');
}

function fileTitle(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[^.]+$/, '');
}

/** Composed, because macOS writes names of folders decomposed, and a filter compares tags unit by unit. */
function cleanTags(tags: readonly string[]): string[] {
  const composed = tags.map((tag) => tag.normalize('NFC'));
  const cleaned = composed.map((tag) => oneLine(tag, MAX_TAG)).filter((tag) => !isBlank(tag));
  return [...new Set(cleaned)].slice(0, MAX_TAGS);
}

/** Control characters and halves of characters become spaces, spaces collapse, and no character is cut in half. */
function oneLine(text: string, maxLength: number): string {
  const line = text.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim();
  let cut = '';
  for (const character of line) {
    if (cut.length + character.length > maxLength) break;
    cut += character;
  }
  return cut.trim();
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(textOf);
  return typeof value === 'string' ? value.split(',') : [];
}

function dateOf(value: unknown): number | undefined {
  const time = value instanceof Date ? value.getTime() : Date.parse(textOf(value));
  return Number.isNaN(time) ? undefined : time;
}

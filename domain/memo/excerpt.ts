/**
 * The start of a body as plain text on one line: what a list shows. Written in the APPSYNC_JS subset,
 * because both doors read this very file.
 */

import { batchesOf } from './batches.ts';
import { utf8Bytes } from './utf8.ts';

/** In UTF-8: with more, a list of 20 memos would cost more than 2 read units. */
export const EXCERPT_BYTES_MAX = 120;

/** Enough to find an excerpt behind marks, addresses and code fences. In UTF-16 units. */
const LOOKED_AT = 2_000;
const MARKS_MAX = 500;
const LINE_MARKS = ['#', '>', '-', '*', '+', '=', '|'];
/** A box as words: `[ ]` is two. */
const BOXES = ['[', ']', '[x]', '[X]'];
/** Marks that stand in the midst of text. */
const INNER_MARKS = ['**', '__', '~~', '`'];

/** At most 120 bytes of UTF-8, cut between characters. */
export function excerptOf(body: string): string {
  const lines = batchesOf(body.slice(0, LOOKED_AT).split('\r').join('\n').split('\n'));
  const texts = lines.flatMap((some) => some.filter((line) => !isFence(line)).map(plainText));
  const words = batchesOf(texts.join(' ').split('\t').join(' ').split(' '));
  const seen = words.flatMap((some) => some.filter((word) => word !== ''));
  return cutToWholeCharacters(seen.join(' '), EXCERPT_BYTES_MAX);
}

function isFence(line: string): boolean {
  const text = line.trim();
  return text.startsWith('```') || text.startsWith('~~~');
}

function plainText(line: string): string {
  let text = withoutTags(withoutAddresses(withoutLineMarks(line)));
  for (const mark of INNER_MARKS) text = text.split(mark).join('');
  return text;
}

/** Drops the words at the start that are nothing but marks: `## `, `> - [x] `, `---`. */
function withoutLineMarks(line: string): string {
  const words = line.split(' ');
  // Behind so many marks there is nothing to read.
  const start = words.slice(0, MARKS_MAX).findIndex((word) => !isLineMark(word));
  return start === -1 ? '' : words.slice(start).join(' ');
}

function isLineMark(word: string): boolean {
  const units = word.slice(0, MARKS_MAX).split('');
  return BOXES.indexOf(word) !== -1 || units.every((unit) => LINE_MARKS.indexOf(unit) !== -1);
}

/** `[text](address)` becomes `text`, `![text](address)` too. */
function withoutAddresses(text: string): string {
  const parts = text.split('](');
  if (parts.length === 1) return text;
  const behind = batchesOf(parts.slice(1)).flatMap((some) =>
    some.map((part) => part.slice(part.indexOf(')') + 1)),
  );
  const whole = (parts[0] ?? '') + behind.join('');
  return whole.split('![').join('').split('[').join('');
}

/** `<p align="center">text</p>` becomes `text`; `1 < 2` stays. */
function withoutTags(text: string): string {
  const parts = text.split('<');
  const behind = batchesOf(parts.slice(1)).flatMap((some) =>
    some.map((part) => (isTag(part) ? part.slice(part.indexOf('>') + 1) : `<${part}`)),
  );
  return (parts[0] ?? '') + behind.join('');
}

function isTag(part: string): boolean {
  const first = part.charAt(0).toLowerCase();
  return (
    part.indexOf('>') !== -1 && (first === '/' || first === '!' || (first >= 'a' && first <= 'z'))
  );
}

function cutToWholeCharacters(text: string, maxBytes: number): string {
  const units = text.slice(0, maxBytes + 1).split('');
  let bytes = 0;
  let whole = 0;
  let length = 0;
  for (const unit of units) {
    if (!continuesCharacter(unit, units[length - 1] ?? '')) whole = length;
    bytes += utf8Bytes(unit);
    if (bytes > maxBytes) break;
    length += 1;
  }
  const isWhole = length === units.length && !isHighSurrogate(units[length - 1] ?? '');
  return text.slice(0, isWhole ? length : whole);
}

/** The body's start that was looked at may end in the midst of a pair. */
const isHighSurrogate = (unit: string): boolean => unit >= '\ud800' && unit <= '\udbff';

/** What must not be torn from the unit before it: the second half of a pair, a combining mark, a joined emoji. */
function continuesCharacter(unit: string, before: string): boolean {
  return before === '\u200d' || CONTINUING.some(([from, to]) => unit >= from && unit <= to);
}

const CONTINUING: readonly (readonly [string, string])[] = [
  ['\udc00', '\udfff'],
  ['\u0300', '\u036f'],
  // Hangul's middle and final letters, as macOS writes Korean file names.
  ['\u1160', '\u11ff'],
  ['\u1ab0', '\u1aff'],
  ['\u1dc0', '\u1dff'],
  ['\u200c', '\u200d'],
  ['\u20d0', '\u20ff'],
  ['\ufe00', '\ufe0f'],
  ['\ufe20', '\ufe2f'],
];

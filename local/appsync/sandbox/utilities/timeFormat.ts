import { LETTERS, type Read } from './timeLetters.ts';
import { momentOf, offsetMinutes } from './timeZone.ts';

/** A letter as often as it stands there, or a text that stands for itself. */
type Part = { readonly letter: string; readonly count: number } | { readonly text: string };

/** Letters, quoted texts (`''` is a quote), and whatever else. */
const PART = /([A-Za-z])\1*|'((?:[^']|'')*)'|[^A-Za-z']+/g;

/** @param pattern of Java's DateTimeFormatter: `yyyy-MM-dd HH:mm:ssZ`. @throws for letters that aren't known here */
export function formatTime(epochMs: number, pattern: string, zone = 'UTC'): string {
  const minutes = offsetMinutes(zone, epochMs);
  const shown = { date: new Date(epochMs + minutes * 60_000), zone, offsetMinutes: minutes };
  const written = partsOf(pattern).map((part) =>
    'text' in part ? part.text : letterOf(part.letter).write(shown, part.count),
  );
  return written.join('');
}

/** @param zone of texts that say none. @throws when the text isn't of this pattern */
export function parseTime(text: string, pattern: string, zone = 'UTC'): number {
  const parts = partsOf(pattern);
  const found = new RegExp(`^${parts.map(expressionOf).join('')}$`).exec(text);
  if (!found) throw new Error(`Text '${text}' could not be parsed by '${pattern}'`);
  const read: Read = {};
  let group = 0;
  for (const part of parts) {
    if ('text' in part) continue;
    group += 1;
    letterOf(part.letter).read?.(found[group] ?? '', read, part.count);
  }
  return toEpochMs(read, zone);
}

function partsOf(pattern: string): readonly Part[] {
  return Array.from(pattern.matchAll(PART), ([whole, letter, quoted]) => {
    if (letter) return { letter, count: whole.length };
    return { text: whole === "''" ? "'" : (quoted ?? whole).replaceAll("''", "'") };
  });
}

function letterOf(letter: string) {
  const known = LETTERS[letter];
  if (!known) throw new Error(`Unknown pattern letter: ${letter}`);
  return known;
}

function expressionOf(part: Part): string {
  if ('text' in part) return part.text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const { pattern } = letterOf(part.letter);
  if (!pattern) throw new Error(`Times can't be read by pattern letter ${part.letter}`);
  return `(${pattern(part.count)})`;
}

function toEpochMs(read: Read, zone: string): number {
  const { year = 1970, month = 1, day = 1, minute = 0, second = 0, millisecond = 0 } = read;
  const { hourOfHalf = 0, half, hour = hourOfHalf + (half === 'PM' ? 12 : 0) } = read;
  const shownMs = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  return momentOf(read.zone ?? zone, shownMs);
}

/**
 * What texts may hold: they are kept as sent or refused, never repaired. Written in the APPSYNC_JS
 * subset (no regex, throw, classes or charCodeAt), because both doors read this very file.
 */
import { BATCH_SIZE, batchesOf } from './batches.ts';
import { isBlank } from './blank.ts';

export interface TextRule {
  /** How messages call the text: `the name`. */
  readonly what: string;
  /** Lengths in UTF-16 units. A text with a `min` of 1 or more must hold something that can be seen. */
  readonly min: number;
  readonly max: number;
  /** Whether tabs and line breaks are welcome. */
  readonly multiline: boolean;
}

/** Says what was expected and what came, without the text itself; null when the text is fine. */
export function textProblem(text: string, { what, min, max, multiline }: TextRule): string | null {
  const expected = `Expected ${what} to`;
  if (text.length < min || text.length > max) {
    return `${expected} have ${min} to ${max} characters, got ${text.length}.`;
  }
  if (min > 0 && isBlank(text)) return `${expected} hold more than white space.`;
  const batches = batchesOf(text.split(''));
  const isFine = (unit: string) => isPlain(unit) || (multiline && isLayout(unit));
  // One pass is enough for nearly every text; a body has up to 100,000 units.
  if (batches.every((units) => units.every(isFine))) return null;
  if (!multiline && batches.some((units) => units.some(isLineBreak))) {
    return `${expected} be on one line, got a line break.`;
  }
  const isRefused = (unit: string) => isControl(unit) && !(multiline && isLayout(unit));
  if (batches.some((units) => units.some(isRefused))) {
    return `${expected} be free of control characters, got one.`;
  }
  if (batches.some((units, count) => holdsLoneSurrogate(text, units, count * BATCH_SIZE))) {
    return `${expected} be well-formed Unicode, got half of a surrogate pair.`;
  }
  return null;
}

/** Neither a control character, nor a line break, nor half of a surrogate pair. */
const isPlain = (unit: string): boolean =>
  (unit >= '\u0020' && unit <= '\u007e') ||
  (unit >= '\u00a0' && unit < '\u2028') ||
  (unit > '\u2029' && unit < '\ud800') ||
  unit > '\udfff';

const isLineBreak = (unit: string): boolean =>
  unit === '\n' || unit === '\r' || unit === '\u0085' || unit === '\u2028' || unit === '\u2029';

const isLayout = (unit: string): boolean => unit === '\t' || unit === '\n' || unit === '\r';

/** Unicode's category Cc. */
const isControl = (unit: string): boolean =>
  unit < '\u0020' || (unit >= '\u007f' && unit <= '\u009f');

/** Such a text can't be written in UTF-8, so no store would give it back as it was sent. */
function holdsLoneSurrogate(text: string, units: readonly string[], start: number): boolean {
  return units.some(
    (unit, index) =>
      (isHighSurrogate(unit) && !isLowSurrogate(text.charAt(start + index + 1))) ||
      (isLowSurrogate(unit) && !isHighSurrogate(text.charAt(start + index - 1))),
  );
}

const isHighSurrogate = (unit: string): boolean => unit >= '\ud800' && unit <= '\udbff';

const isLowSurrogate = (unit: string): boolean => unit >= '\udc00' && unit <= '\udfff';

/**
 * Whether a text shows nothing. Written in the APPSYNC_JS subset (no regex, throw, classes or
 * codePointAt), because both doors read this very file.
 */

/** True for an empty text and for one of nothing but white space and characters that are never drawn. */
export function isBlank(text: string): boolean {
  const units = text.split('');
  return units.every((unit, index) => showsNothing(unit, units[index - 1], units[index + 1]));
}

/** The second half of a pair is judged with the first. */
function showsNothing(unit: string, before: string | undefined, after: string | undefined) {
  if (isLowSurrogate(unit) && isHighSurrogate(before)) return true;
  const character = isHighSurrogate(unit) && after !== undefined ? unit + after : unit;
  return UNSEEN.some(([from, to]) => character >= from && character <= to);
}

const isHighSurrogate = (unit: string | undefined): boolean =>
  unit !== undefined && unit >= '\ud800' && unit <= '\udbff';

const isLowSurrogate = (unit: string): boolean => unit >= '\udc00' && unit <= '\udfff';

/**
 * Unicode's White_Space, Z, Cf and Default_Ignorable_Code_Point, from and to
 * (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point).
 */
const UNSEEN: readonly (readonly [string, string])[] = [
  ['\t', '\r'],
  [' ', ' '],
  ['\u00a0', '\u00a0'],
  ['\u00ad', '\u00ad'],
  ['\u034f', '\u034f'],
  ['\u0600', '\u0605'],
  ['\u061c', '\u061c'],
  ['\u06dd', '\u06dd'],
  ['\u070f', '\u070f'],
  ['\u0890', '\u0891'],
  ['\u08e2', '\u08e2'],
  // Hangul's fillers.
  ['\u115f', '\u1160'],
  ['\u1680', '\u1680'],
  ['\u17b4', '\u17b5'],
  ['\u180b', '\u180f'],
  ['\u2000', '\u200f'],
  ['\u2028', '\u202f'],
  ['\u205f', '\u206f'],
  ['\u3000', '\u3000'],
  ['\u3164', '\u3164'],
  ['\ufe00', '\ufe0f'],
  ['\ufeff', '\ufeff'],
  ['\uffa0', '\uffa0'],
  ['\ufff0', '\ufffb'],
  ['\ud804\udcbd', '\ud804\udcbd'],
  ['\ud804\udccd', '\ud804\udccd'],
  ['\ud80d\udc30', '\ud80d\udc3f'],
  ['\ud82f\udca0', '\ud82f\udca3'],
  ['\ud834\udd73', '\ud834\udd7a'],
  // Tags, and the rest of their plane's first sixteenth.
  ['\udb40\udc00', '\udb40\udfff'],
  ['\udb41\udc00', '\udb41\udfff'],
  ['\udb42\udc00', '\udb42\udfff'],
  ['\udb43\udc00', '\udb43\udfff'],
];

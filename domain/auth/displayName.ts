import { MemopadError } from '#domain/errors.ts';

/** In UTF-16 units, like every length of the API. */
const MAX_LENGTH = 80;
const LINE_BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;
/** A letter, a digit, a sign or an emoji: neither white space nor one of the characters that show nothing. */
const VISIBLE = /[^\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Checks a name that others shall see. Kept as sent.
 * @throws BAD_USER_INPUT
 */
export function readDisplayName(text: string): string {
  if (text.length < 1 || text.length > MAX_LENGTH) {
    throw refusal(`have 1 to ${MAX_LENGTH} characters, got ${text.length}`);
  }
  if (LINE_BREAK.test(text)) throw refusal('be on one line, got a line break');
  if (/\p{Cc}/u.test(text)) throw refusal('be free of control characters, got one');
  if (/\p{Surrogate}/u.test(text)) {
    throw refusal('be well-formed Unicode, got half of a surrogate pair');
  }
  if (!VISIBLE.test(text)) throw refusal('hold more than white space');
  return text;
}

function refusal(problem: string): MemopadError {
  return new MemopadError('BAD_USER_INPUT', `Expected the display name to ${problem}.`);
}

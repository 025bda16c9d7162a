/**
 * How long texts are in UTF-8. Written in the APPSYNC_JS subset (no Buffer, charCodeAt or codePointAt),
 * because both doors read this very file.
 */
import { batchesOf } from './batches.ts';

/** The bytes of a well-formed text. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const units of batchesOf(text.split(''))) {
    for (const unit of units) bytes += utf8Bytes(unit);
  }
  return bytes;
}

/** Half of a surrogate pair counts 2: together they are 4. */
export function utf8Bytes(unit: string): number {
  if (unit < '\u0080') return 1;
  if (unit < '\u0800' || (unit >= '\ud800' && unit <= '\udfff')) return 2;
  return 3;
}

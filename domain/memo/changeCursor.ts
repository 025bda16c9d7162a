/**
 * Cursors of change logs: `<epoch>.<seq>`, opaque to clients, unsigned. One that was made up shows
 * nothing its sender could not read anyway, so only its shape is checked here. Written in the
 * APPSYNC_JS subset, because both doors read this very file.
 */
import { isUlid } from '#domain/viewer/ulid.ts';
import type { LogPosition } from './changeLog.ts';

/** Of a pad that has no log yet. A log that holds its first change goes on from here. */
export const NO_LOG: LogPosition = { epoch: '0', seq: 0 };

/** More changes than a pad can have; all its numbers are exact. */
const MOST_DIGITS = 12;

export function changeCursorOf({ epoch, seq }: LogPosition): string {
  return `${epoch}.${seq}`;
}

/** Null for a text that is no such cursor. */
export function readChangeCursor(cursor: string): LogPosition | null {
  if (cursor === '0.0') return NO_LOG;
  const [epoch = '', digits = '', ...more] = cursor.split('.');
  if (more.length > 0 || !isUlid(epoch) || !isNumber(digits)) return null;
  return { epoch, seq: +digits };
}

/** Written as we write it: one cursor has one text. */
const isNumber = (digits: string): boolean =>
  digits.length > 0 &&
  digits.length <= MOST_DIGITS &&
  (digits === '0' || digits.charAt(0) !== '0') &&
  digits.split('').every((digit) => digit >= '0' && digit <= '9');

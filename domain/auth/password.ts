import { MemopadError } from '#domain/errors.ts';
import { isCommonPassword } from './commonPassword.ts';

const MIN_CHARACTERS = 8;
const MAX_CHARACTERS = 256;
/** In UTF-16 units before any work is done: room for 256 characters that are written as several. */
const MAX_LENGTH_SENT = 1_024;

/**
 * The form in which a password is hashed: NFKC (RFC 8265), so that the same keys give the same
 * password on every system.
 * @throws BAD_USER_INPUT for a text no password can be.
 */
export function normalizePassword(sent: string): string {
  if (sent === '' || sent.length > MAX_LENGTH_SENT) throw refusal(sent.length);
  return sent.normalize('NFKC');
}

/**
 * Checks and normalises a password that shall be kept. Length counts, composition doesn't
 * (NIST SP 800-63B section 5.1.1.2).
 * @throws BAD_USER_INPUT
 */
export function readNewPassword(sent: string, email: string): string {
  const password = normalizePassword(sent);
  const length = [...password].length;
  if (length < MIN_CHARACTERS || length > MAX_CHARACTERS) throw refusal(length);
  if (/\p{Surrogate}/u.test(password)) {
    throw input('Expected the password to be well-formed Unicode, got half of a surrogate pair.');
  }
  if (isFromEmail(password, email)) {
    throw input('Expected a password other than the e-mail address.');
  }
  if (isCommonPassword(password)) {
    throw input('Expected a password that is hard to guess, got one of the common ones.');
  }
  return password;
}

function isFromEmail(password: string, email: string): boolean {
  const address = email.toLowerCase();
  const [localPart] = address.split('@');
  return [address, localPart].includes(password.toLowerCase());
}

function refusal(length: number): MemopadError {
  return input(
    `Expected a password of ${MIN_CHARACTERS} to ${MAX_CHARACTERS} characters, got ${length}.`,
  );
}

function input(message: string): MemopadError {
  return new MemopadError('BAD_USER_INPUT', message);
}

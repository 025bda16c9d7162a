/** In UTF-16 units. */
const MAX_LENGTH = 256;
const UNPRINTABLE = /[\p{Cc}\p{Surrogate}]/gu;

/** What is kept of a `User-Agent` header, for its user to tell sessions apart; null when nothing is left. */
export function readUserAgent(header: string | undefined): string | null {
  const start = (header ?? '').slice(0, 2 * MAX_LENGTH).replace(UNPRINTABLE, '');
  return start.slice(0, MAX_LENGTH).replace(UNPRINTABLE, '').trim() || null;
}

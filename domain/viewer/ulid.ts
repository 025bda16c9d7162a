/** Crockford's base 32: no I, L, O, U. https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ULID_LENGTH = 26;
const BITS_PER_CHARACTER = 5n;

/** Fills a new array with `length` random bytes, like `randomBytes` of node:crypto. */
export type RandomBytes = (length: number) => Uint8Array;

/** A ULID (https://github.com/ulid/spec): 48 bits of time, 80 random bits, in 26 characters that sort by time. */
export function createUlid(epochMs: number, randomBytes: RandomBytes): string {
  const time = BigInt(epochMs) << 80n;
  return encode(time | toBigInt(randomBytes(10)));
}

/** A ULID made of a hash's first 16 bytes: always the same for the same bytes, its time is meaningless. */
export function ulidFromBytes(bytes: Uint8Array): string {
  return encode(toBigInt(bytes.subarray(0, 16)));
}

/** A ULID's 16 bytes, in order like the ULIDs themselves. */
export function ulidBytes(ulid: string): Uint8Array {
  let value = 0n;
  for (const character of ulid)
    value = (value << BITS_PER_CHARACTER) | BigInt(ALPHABET.indexOf(character));
  const bytes = Array.from(
    { length: 16 },
    (_, index) => (value >> BigInt(8 * (15 - index))) & 255n,
  );
  return Uint8Array.from(bytes, Number);
}

// This and ulidTime are in the APPSYNC_JS subset (no BigInt, String.includes or for-of over texts): both doors read them.
/** 26 upper-case Crockford characters that hold no more than 128 bits. */
export function isUlid(text: string): boolean {
  if (text.length !== ULID_LENGTH || text.charAt(0) > '7') return false;
  return text.split('').every((character) => ALPHABET.indexOf(character) >= 0);
}

/** The time a ULID was made, in milliseconds since 1970. */
export function ulidTime(ulid: string): number {
  const digits = ulid.slice(0, 10).split('');
  return digits.reduce((time, digit) => time * 32 + ALPHABET.indexOf(digit), 0);
}

function encode(value: bigint): string {
  let text = '';
  for (let rest = value; text.length < ULID_LENGTH; rest >>= BITS_PER_CHARACTER) {
    text = ALPHABET.charAt(Number(rest & 31n)) + text;
  }
  return text;
}

function toBigInt(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

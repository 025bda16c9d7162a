/**
 * SHA-256 (FIPS 180-4), for secrets of which the table keeps the hash alone. Written in the APPSYNC_JS
 * subset (no `~`, C-style loops or typed arrays), because both doors read this very file.
 */

/** The hash of a text of the characters from space to `~`, in base64url without padding: 43 characters. */
export function sha256OfAscii(text: string): string {
  const hash = blocksOf(text).reduce((before, block) => compress(before, block), INITIAL_HASH);
  return base64url(hash.flatMap((word) => bytesOfWord(word)));
}

/** Bytes in base64url without padding (RFC 4648 section 5). */
export function base64url(bytes: readonly number[]): string {
  const firsts = bytes.filter((_, index) => index % 3 === 0);
  const groups = firsts.map((_, index) => groupText(bytes.slice(index * 3, index * 3 + 3)));
  return groups.join('');
}

/** One to three bytes. */
function groupText(bytes: readonly number[]): string {
  const [first = 0, second = 0, third = 0] = bytes;
  const bits = first * 65_536 + second * 256 + third;
  const characters = [18, 12, 6, 0].map((shift) => BASE64URL.charAt((bits >>> shift) & 63));
  return characters.slice(0, bytes.length + 1).join('');
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The characters from 32 to 126. */
const PRINTABLE =
  ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~';

const BLOCK_BYTES = 64;
const BLOCK_WORDS = 16;
/** Behind the text come a one bit, zeros and the length in 8 bytes (section 5.1.1). */
const MIN_PADDING = 9;

/** The padded text as blocks of 16 words. */
function blocksOf(text: string): number[][] {
  const bytes = text.split('').map((character) => PRINTABLE.indexOf(character) + 32);
  const surplus = (bytes.length + MIN_PADDING) % BLOCK_BYTES;
  const zeros = surplus === 0 ? [] : ROUND_CONSTANTS.slice(surplus).map(() => 0);
  const padded = [...bytes, 0x80, ...zeros, 0, 0, 0, 0, ...bytesOfWord(bytes.length * 8)];
  const starts = padded.filter((_, index) => index % 4 === 0);
  const words = starts.map((_, index) => wordOf(padded.slice(index * 4, index * 4 + 4)));
  const firsts = words.filter((_, index) => index % BLOCK_WORDS === 0);
  return firsts.map((_, index) => words.slice(index * BLOCK_WORDS, (index + 1) * BLOCK_WORDS));
}

function wordOf(bytes: readonly number[]): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  return (first << 24) | (second << 16) | (third << 8) | fourth;
}

function bytesOfWord(word: number): number[] {
  return [24, 16, 8, 0].map((shift) => (word >>> shift) & 255);
}

/** Section 6.2.2. */
function compress(hash: readonly number[], block: readonly number[]): readonly number[] {
  const words = scheduleOf(block);
  const end = ROUND_CONSTANTS.reduce(
    (state, constant, index) => round(state, (constant + (words[index] ?? 0)) | 0),
    hash,
  );
  return hash.map((word, index) => (word + (end[index] ?? 0)) | 0);
}

function scheduleOf(block: readonly number[]): number[] {
  const words = [...block];
  for (const _ of ROUND_CONSTANTS.slice(BLOCK_WORDS)) {
    const [sixteenth = 0, fifteenth = 0] = words.slice(-16);
    const [seventh = 0] = words.slice(-7);
    const [second = 0] = words.slice(-2);
    const early = rotate(fifteenth, 7) ^ rotate(fifteenth, 18) ^ (fifteenth >>> 3);
    const late = rotate(second, 17) ^ rotate(second, 19) ^ (second >>> 10);
    words.push((sixteenth + early + seventh + late) | 0);
  }
  return words;
}

function round(state: readonly number[], word: number): readonly number[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  const ofE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
  const chosen = g ^ (e & (f ^ g));
  const first = (h + ofE + chosen + word) | 0;
  const ofA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
  const majority = (a & b) | (c & (a | b));
  return [(first + ofA + majority) | 0, a, b, c, (d + first) | 0, e, f, g];
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The start of the fractions of the square roots of the first 8 primes. */
const INITIAL_HASH: readonly number[] = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** The start of the fractions of the cube roots of the first 64 primes. */
const ROUND_CONSTANTS: readonly number[] = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

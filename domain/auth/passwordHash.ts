import { timingSafeEqual } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import type { RandomBytes } from '#domain/viewer/ulid.ts';
import { oneAtATime } from './oneAtATime.ts';

/** What a hash costs whoever computes it (RFC 9106 section 3.1). */
export interface PasswordCost {
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: 40 to 100 ms in WebAssembly. */
export const PASSWORD_COST: PasswordCost = { memoryKib: 19_456, iterations: 2, parallelism: 1 };

/** Hashes normalised passwords, never empty ones, to PHC strings: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export interface PasswordHasher {
  /** @throws RATE_LIMITED when 20 hashes wait for their turn already, as `matches` does. */
  hash(password: string): Promise<string>;
  /** Compares in constant time; a hash that is no PHC string of argon2id throws. */
  matches(password: string, phc: string): Promise<boolean>;
  /** Whether the hash was cheaper to compute than one is now. */
  isOutdated(phc: string): boolean;
  /** A hash no password has: checking against it takes the same work as against a real one. */
  readonly decoy: string;
}

export interface PasswordHasherOptions {
  readonly cost?: PasswordCost | undefined;
  readonly randomBytes: RandomBytes;
}

const SALT_BYTES = 16;
/** What waits behind them waits a second or two: as long as anyone waits for a sign-in. */
const MAX_WAITING = 20;
const HASH_BYTES = 32;

export function createPasswordHasher(options: PasswordHasherOptions): PasswordHasher {
  const { cost = PASSWORD_COST, randomBytes } = options;
  return {
    decoy: formatPhc({ cost, salt: new Uint8Array(SALT_BYTES), hash: new Uint8Array(HASH_BYTES) }),
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return formatPhc({ cost, salt, hash: await computeHash(password, salt, cost) });
    },
    async matches(password, phc) {
      const known = parsePhc(phc);
      const computed = await computeHash(password, known.salt, known.cost);
      return computed.length === known.hash.length && timingSafeEqual(computed, known.hash);
    },
    isOutdated: (phc) => isCheaper(parsePhc(phc).cost, cost),
  };
}

interface Phc {
  readonly cost: PasswordCost;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/**
 * One at a time: hashes share a core anyway, and each holds its memory until it is collected. 200 of
 * them side by side took 4 GB, one after the other 94 MB.
 */
const computeHash = oneAtATime(
  MAX_WAITING,
  (password: string, salt: Uint8Array, cost: PasswordCost): Promise<Uint8Array> => {
    const { memoryKib: memorySize, iterations, parallelism } = cost;
    const size = { memorySize, iterations, parallelism, hashLength: HASH_BYTES };
    return argon2id({ password, salt, ...size, outputType: 'binary' });
  },
);

function isCheaper(known: PasswordCost, wanted: PasswordCost): boolean {
  return (
    known.memoryKib < wanted.memoryKib ||
    known.iterations < wanted.iterations ||
    known.parallelism < wanted.parallelism
  );
}

/** https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md */
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parsePhc(text: string): Phc {
  const [, memoryKib, iterations, parallelism, salt = '', hash = ''] = PHC.exec(text) ?? [];
  if (!hash) throw new Error('Expected the PHC string of an argon2id hash, got another text.');
  return {
    cost: {
      memoryKib: Number(memoryKib),
      iterations: Number(iterations),
      parallelism: Number(parallelism),
    },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

function formatPhc({ cost, salt, hash }: Phc): string {
  const { memoryKib, iterations, parallelism } = cost;
  const parameters = `m=${memoryKib},t=${iterations},p=${parallelism}`;
  return `$argon2id$v=19$${parameters}$${toBase64(salt)}$${toBase64(hash)}`;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}

import type { Clock } from '#domain/clock.ts';
import { createUlid, type RandomBytes } from '#domain/viewer/ulid.ts';

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** KSUIDs count seconds from 2014-05-13. https://github.com/segmentio/ksuid */
const KSUID_EPOCH_SECONDS = 1_400_000_000;
const KSUID_LENGTH = 27;

/** `util.autoId` (UUID version 4), `util.autoUlid` (in lower case: who sorts by ids must not count on AWS's case), `util.autoKsuid`. */
export function createIdentifiers(host: {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}) {
  const { clock, randomBytes } = host;
  return {
    autoId: () => uuid(randomBytes(16)),
    autoUlid: () => createUlid(clock(), randomBytes).toLowerCase(),
    autoKsuid: () => ksuid(clock(), randomBytes(16)),
  };
}

function uuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  const variant = '89ab'.charAt((bytes[8] ?? 0) & 3);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

function ksuid(epochMs: number, payload: Uint8Array): string {
  const seconds = Math.floor(epochMs / 1000) - KSUID_EPOCH_SECONDS;
  let rest = (BigInt(seconds) << 128n) | BigInt(`0x${Buffer.from(payload).toString('hex')}`);
  let text = '';
  for (; text.length < KSUID_LENGTH; rest /= 62n) text = BASE_62.charAt(Number(rest % 62n)) + text;
  return text;
}

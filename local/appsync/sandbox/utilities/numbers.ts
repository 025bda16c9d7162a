import type { RandomBytes } from '#domain/viewer/ulid.ts';

const TWO_TO_THE_48 = 2 ** 48;

/** `util.math`. */
export function createNumbers(randomBytes: RandomBytes) {
  const randomDouble = () => Buffer.from(randomBytes(6)).readUIntBE(0, 6) / TWO_TO_THE_48;
  return {
    roundNum: (number: number) => Math.round(number),
    minVal: (one: number, other: number) => Math.min(one, other),
    maxVal: (one: number, other: number) => Math.max(one, other),
    randomDouble,
    /** From `start` to below `end`. */
    randomWithinRange: (start: number, end: number) =>
      Math.floor(randomDouble() * (end - start)) + start,
  };
}

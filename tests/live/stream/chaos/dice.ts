/** A Lambda function that died there. */
export class Crash extends Error {}

/** Chance that can be repeated: the same seed throws the same, as far as things happen in the same order. */
export interface Dice {
  /** From 0 to 1, without 1. */
  next(): number;
  hits(chance: number): boolean;
  /** @throws Crash now and then */
  mayCrash(chance: number, where: string): void;
  /** Waits up to so many milliseconds. */
  linger(ms: number): Promise<void>;
  /** Nothing fails from now on. */
  calm(): void;
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, parameters of Numerical Recipes */
export function createDice(seed: number): Dice {
  let state = seed;
  let isCalm = false;
  const next = (): number => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  const hits = (chance: number): boolean => !isCalm && next() < chance;
  return {
    next,
    hits,
    mayCrash(chance, where) {
      if (hits(chance)) throw new Crash(where);
    },
    linger: (ms) => new Promise((resolve) => setTimeout(resolve, next() * ms)),
    calm: () => {
      isCalm = true;
    },
  };
}

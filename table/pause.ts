const FIRST_PAUSE_MS = 25;

/** Waits before something is tried again for the `count`th time, from 1. */
export type Pause = (count: number) => Promise<void>;

/** Up to 25, 50, 100 ms, at random, so that writers who met once don't meet again. */
export const pauseAtRandom: Pause = (count) =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_PAUSE_MS * 2 ** (count - 1)));

/** Says when the next connection may be made, so that trouble never becomes a storm of them. */
export interface Pace {
  /** A connection is STARTED, then OPEN when the other end took it, then USED when something came over it. */
  enter(state: 'STARTED' | 'OPEN' | 'USED'): void;
  /** It brought something new, or lasted: whatever comes next starts without delay. */
  progresses(): void;
  /** It is over: WANTED when nobody needs it any more, RESUMED when we make it anew, REFUSED when the other end did it on purpose, LOST otherwise. */
  ends(why: 'WANTED' | 'RESUMED' | 'REFUSED' | 'LOST'): void;
  /** Resolves when the next may be made. */
  wait(): Promise<void>;
}

/** All the clients of a server that restarts don't come back in the same instant. */
const FIRST_WITHIN_MS = 300;
/** A server that can't be reached, or loses us, is likely to be back soon. */
const LOST_MS = 500;
/** One that takes a connection and ends it without use refuses us. */
const REFUSED_MS = 5_000;
const LONGEST_MS = 30_000;

/** `random` gives numbers from 0 to 1, without 1. */
export function createPace(random: () => number): Pace {
  let state = '';
  let useless = 0;
  let notBefore = 0;
  return {
    enter(next) {
      state = next;
    },
    progresses() {
      useless = 0;
    },
    ends(why) {
      const stepMs = why === 'REFUSED' && state === 'OPEN' ? REFUSED_MS : LOST_MS;
      // An error and the close that follows it are one end.
      const counts = state && why !== 'WANTED';
      state = '';
      if (!counts) return;
      useless += 1;
      const isFirstResumption = why === 'RESUMED' && useless === 1;
      notBefore = performance.now() + (isFirstResumption ? 0 : backOffMs(useless, stepMs, random));
    },
    async wait() {
      const leftMs = notBefore - performance.now();
      if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
    },
  };
}

/** How long to wait before a try, the first being number 1: it is made nearly at once, each later one after twice the time. */
export function backOffMs(attempt: number, stepMs: number, random: () => number): number {
  if (attempt <= 1) return random() * FIRST_WITHIN_MS;
  return Math.min(LONGEST_MS, stepMs * 2 ** (attempt - 2)) * (1 + random() / 4);
}

import type { Clock } from '#domain/clock.ts';
import type { Members } from './authorize.ts';
import type { MemoReader, MemoStore } from './memoStore.ts';

/** What the use cases that only read memos are given. */
export interface ReadMemoPorts {
  readonly memos: MemoReader;
  /** Asked for the viewer's role in a pad that isn't the viewer's personal one. */
  readonly members: Members;
  readonly clock: Clock;
}

/** What the use cases of memos are given. */
export interface MemoPorts extends ReadMemoPorts {
  readonly memos: MemoStore;
  /** Waits before something is tried again for the `count`th time, from 1: at random, so that writers who met don't meet again. */
  readonly pause: (count: number) => Promise<void>;
}

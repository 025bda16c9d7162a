import type { AppSyncFaults } from '#local/appsync/faults.ts';
import type { Fault, Faults } from './dynamodb/faults.ts';
import type { StreamFaults } from './events/faults.ts';
import type { Crash, LambdaFaults } from './lambda/faults.ts';
import type { SocketFaults } from './webSocketApi/faults.ts';

/** What AWS does now and then and a laptop never. Each part may be left out, and made in another way: `startCloud({ faults })`. */
export interface CloudFaults extends Partial<Faults> {
  /** Functions that die. */
  readonly lambda?: LambdaFaults | undefined;
  /** Batches of streams that come again. */
  readonly stream?: StreamFaults | undefined;
  /** Posts that fail or get lost, ends nobody hears of, messages that overtake each other. */
  readonly socket?: SocketFaults | undefined;
  /** Publications that fail, messages to AppSync's subscribers that get lost or overtake each other. */
  readonly appSync?: AppSyncFaults | undefined;
}

/** How often, from 0 to 1. */
export interface FaultMix {
  /** Posts refused with 429; publications through AppSync refused. */
  readonly postThrottled: number;
  /** Posts accepted, and never sent; AppSync's messages to a subscriber, too. */
  readonly postLost: number;
  /** Posts sent, and answered with 500; publications, too. */
  readonly postSentButFailed: number;
  /** Invocations that end with the death of their function: before it starts, in the midst of it, or when all is done. */
  readonly crash: number;
  /** Batches of a stream that come with an older one at the same time. */
  readonly redelivery: number;
  /** Messages of clients, and to AppSync's subscribers, that wait for up to 40 ms, so that later ones overtake them. */
  readonly reordered: number;
  /** Connections whose end is told to nobody. */
  readonly disconnectDropped: number;
  /** Writes and transactions that conflict with a transaction. */
  readonly conflict: number;
}

/** What live changes are proved under. Streams have four shards without any fault: events/shards.ts. */
export const FAULT_MIX: FaultMix = {
  postThrottled: 0.03,
  postLost: 0.01,
  postSentButFailed: 0.03,
  crash: 0.02,
  redelivery: 0.15,
  reordered: 0.1,
  disconnectDropped: 0.2,
  conflict: 0.02,
};

export interface FaultOptions {
  /** The same seed gives the same faults for the same events in the same order. */
  readonly seed: number;
  /** Instead of FAULT_MIX's; 0 switches one off. */
  readonly mix?: Partial<FaultMix> | undefined;
  /** Which functions die; all when left out. */
  readonly crashes?: ((functionName: string) => boolean) | undefined;
  /** In which tables writes conflict; in all when left out. */
  readonly conflicts?: ((tableName: string) => boolean) | undefined;
}

/** Faults as the mix has them, and how many of each there were. */
export interface CountedFaults extends CloudFaults {
  readonly counts: Readonly<Record<keyof FaultMix, number>>;
  /** From now on there are none, so that a test can wait until all is well. May be undone. */
  pause(isPaused?: boolean): void;
}

/** Nothing goes wrong by itself. */
export const NO_FAULTS: FaultMix = {
  postThrottled: 0,
  postLost: 0,
  postSentButFailed: 0,
  crash: 0,
  redelivery: 0,
  reordered: 0,
  disconnectDropped: 0,
  conflict: 0,
};

const MAX_DELAY_MS = 40;
const CRASHES: readonly Crash[] = ['BEFORE', 'MIDWAY', 'AFTER'];

export function createFaults(options: FaultOptions): CountedFaults {
  const { seed, crashes = () => true, conflicts = () => true } = options;
  const mix = { ...FAULT_MIX, ...options.mix };
  const random = createRandom(seed);
  const counts: Record<keyof FaultMix, number> = { ...NO_FAULTS };
  let isPaused = false;
  const happens = (what: keyof FaultMix): boolean => {
    if (isPaused || random() >= mix[what]) return false;
    counts[what] += 1;
    return true;
  };
  const pick = (length: number): number => Math.floor(random() * length);
  return {
    counts,
    pause(paused = true) {
      isPaused = paused;
    },
    beforeForward(operation, writesTo): Fault | undefined {
      if (!CONFLICTING.has(operation) || !writesTo.some(conflicts)) return undefined;
      return happens('conflict') ? 'TransactionConflict' : undefined;
    },
    lambda: {
      crash(functionName) {
        if (!crashes(functionName) || !happens('crash')) return undefined;
        return CRASHES[pick(CRASHES.length)];
      },
      crashAfterMs: () => pick(MAX_DELAY_MS),
    },
    stream: { redelivers: (batches) => (happens('redelivery') ? pick(batches) : undefined) },
    socket: {
      onPost() {
        if (happens('postThrottled')) return 'THROTTLED';
        if (happens('postLost')) return 'LOST';
        return happens('postSentButFailed') ? 'SENT_BUT_FAILED' : undefined;
      },
      dropsDisconnect: () => happens('disconnectDropped'),
      delayOfMessage: () => (happens('reordered') ? pick(MAX_DELAY_MS) : 0),
    },
    appSync: {
      onPublish() {
        if (happens('postThrottled')) return 'THROTTLED';
        return happens('postSentButFailed') ? 'SENT_BUT_FAILED' : undefined;
      },
      losesMessage: () => happens('postLost'),
      delayOfMessage: () => (happens('reordered') ? pick(MAX_DELAY_MS) : 0),
    },
  };
}

const CONFLICTING = new Set(['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem']);

/** Mulberry32: small, and good enough to choose by. From 0, below 1. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

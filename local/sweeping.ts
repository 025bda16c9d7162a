import type { Log } from '#domain/log.ts';

const EVERY_MS = 60 * 60 * 1000;

export interface SweepingOptions {
  /** Deletes what has expired. @returns how many rows are gone */
  readonly sweep: () => Promise<number>;
  readonly log: Log;
  /** When the first sweep begins; at once when left out. */
  readonly afterMs?: number | undefined;
}

/** Sweeps once an hour, in the background. @returns what ends that, after the running sweep */
export function keepSwept({ sweep, log, afterMs = 0 }: SweepingOptions): () => Promise<void> {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const sweepAndWait = async (): Promise<void> => {
    try {
      const deleted = await sweep();
      if (deleted > 0) log({ level: 'info', message: 'expired rows deleted', deleted });
    } catch (error) {
      log({ level: 'warn', message: 'sweep failed', error: String(error) });
    }
    schedule(EVERY_MS);
  };
  const schedule = (ms: number): void => {
    if (hasEnded) return;
    timer = setTimeout(() => {
      running = sweepAndWait();
    }, ms).unref();
  };
  schedule(afterMs);
  return async () => {
    hasEnded = true;
    clearTimeout(timer);
    await running;
  };
}

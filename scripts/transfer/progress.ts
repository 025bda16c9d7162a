import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a piece of work is, how fast, and when it will be done. */
export interface Progress {
  advance(): void;
  stop(): void;
}

/** A bar on a terminal; a line every few seconds where the output goes to a file. */
export function showProgress(total: number, unit: string): Progress {
  const bar = new SingleBar(
    {
      format: `{bar} {percentage}% | {value}/{total} ${unit} | {rate} ${unit}/s | {eta_formatted} left`,
      noTTYOutput: true,
      notTTYSchedule: 3_000,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const start = performance.now();
  let done = 0;
  bar.start(total, 0, { rate: 0 });
  return {
    advance() {
      done += 1;
      bar.update(done, { rate: perSecond(done, performance.now() - start) });
    },
    stop: () => bar.stop(),
  };
}

/** A whole number of items a second. */
export function perSecond(count: number, elapsedMs: number): number {
  return Math.round((count * 1000) / Math.max(1, elapsedMs));
}

import { CALM_SHARE, type NoiseWatch, watchNoise } from './noise.ts';

export interface Rounds<Sample> {
  /** The samples of each contender by its name, in the order of the rounds. */
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly noise: Noise;
}

/** How calm the machine was. */
export interface Noise {
  /** What others took in each measurement that counts, in shares of one core. */
  readonly shares: readonly number[];
  /** How many measurements were thrown away and made again. */
  readonly repeated: number;
}

export interface RoundsOptions<Sample> {
  readonly contenders: readonly string[];
  readonly rounds: number;
  readonly measure: (contender: string) => Promise<Sample>;
  /** How often a noisy measurement is made again, at most. */
  readonly repeats: number;
  /** Hears what is measured, for whoever waits. */
  readonly tell?: (line: string) => void;
  /** `watchNoise` when left out. */
  readonly watch?: () => NoiseWatch;
}

/** Measures every contender once a round, so that a slow minute of the machine meets them all. */
export async function alternate<Sample>(options: RoundsOptions<Sample>): Promise<Rounds<Sample>> {
  const { contenders, rounds, repeats, tell = () => {}, watch = watchNoise } = options;
  const samples = new Map<string, Sample[]>(contenders.map((name) => [name, []]));
  const shares: number[] = [];
  let repeated = 0;
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of contenders) {
      tell(`round ${round} of ${rounds}: ${name}`);
      const calmest = await measureCalmly(() => options.measure(name), { repeats, watch });
      samples.get(name)?.push(calmest.sample);
      shares.push(calmest.share);
      repeated += calmest.repeats;
    }
  }
  return { samples, noise: { shares, repeated } };
}

interface Patience {
  readonly repeats: number;
  readonly watch: () => NoiseWatch;
}

async function measureCalmly<Sample>(
  measure: () => Promise<Sample>,
  { repeats: most, watch }: Patience,
) {
  let calmest: { sample: Sample; share: number } | undefined;
  let repeats = -1;
  do {
    repeats += 1;
    const noise = watch();
    const sample = await measure();
    const share = noise() ?? 0;
    if (!calmest || share < calmest.share) calmest = { sample, share };
  } while (calmest.share > CALM_SHARE && repeats < most);
  return { ...calmest, repeats };
}

/** The noise of several series in one. */
export function joinNoise(...noises: readonly Noise[]): Noise {
  return {
    shares: noises.flatMap(({ shares }) => shares),
    repeated: noises.reduce((sum, { repeated }) => sum + repeated, 0),
  };
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = Math.floor(sorted.length / 2);
  const lower = sorted.length % 2 === 0 ? upper - 1 : upper;
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
}

/** The median of each number of the samples, by its name. */
export function medians<Sample extends object>(samples: readonly Sample[]): Sample {
  const names = Object.keys(samples[0] ?? {}) as (keyof Sample)[];
  const entries = names.map((name) => [
    name,
    median(samples.map((sample) => Number(sample[name]))),
  ]);
  return Object.fromEntries(entries) as Sample;
}

import type { Noise } from './rounds.ts';

/** What every bench is told. */
export interface BenchOptions {
  readonly rounds: number;
  /** How often a noisy measurement is made again, at most. */
  readonly repeats: number;
  /** The length of one measured run. */
  readonly seconds: number;
  /** Short runs that only show that everything works: their numbers mean little. */
  readonly quick: boolean;
  /** Hears what goes on, for whoever waits. */
  readonly tell: (line: string) => void;
}

/** One part of `npm run bench`, and one section of results.md. */
export interface Bench {
  readonly name: string;
  readonly title: string;
  /** What is measured and how, in a sentence or two. */
  readonly about: string;
  readonly run: (options: BenchOptions) => Promise<Findings>;
}

export interface Findings {
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  readonly noise: Noise;
  /** What a reader must know to judge the numbers. */
  readonly remarks?: readonly string[];
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  /** The first cell names the row; numbers are rounded to three figures at least. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A ratio (or a time) that was promised. */
export interface Goal {
  readonly id: string;
  readonly what: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** `×`, ` µs`. */
  readonly unit: string;
  readonly measured: number;
  /** Why it isn't due yet; `--check` asks only for goals without such a reason. */
  readonly later?: string;
}

export function isReached({ atLeast = -Infinity, atMost = Infinity, measured }: Goal): boolean {
  return measured >= atLeast && measured <= atMost;
}

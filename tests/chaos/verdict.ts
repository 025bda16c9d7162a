import type { SeenChange } from './watcher.ts';

/** What was wrong with what watchers were told; all zero when nothing was. */
export interface Verdict {
  /** Changes that a watcher never got. */
  readonly lost: number;
  /** Changes that a watcher got more than once. */
  readonly duplicates: number;
  /** Changes that came after a later one. */
  readonly outOfOrder: number;
  /** Memos whose versions don't follow each other one by one. */
  readonly versionGaps: number;
}

export interface Told {
  readonly seen: readonly SeenChange[];
  /** The number of the last change in the log. */
  readonly head: number;
  /** The number of the first change to get; 1 when left out. */
  readonly first?: number;
}

/** Judges what one watcher was told of one pad. */
export function judge({ seen, head, first = 1 }: Told): Verdict {
  const numbers = new Set(seen.map(({ seq }) => seq));
  const expected = Array.from(
    { length: Math.max(0, head - first + 1) },
    (_, index) => first + index,
  );
  return {
    lost: expected.filter((seq) => !numbers.has(seq)).length,
    duplicates: seen.length - numbers.size,
    outOfOrder: seen.filter(({ seq }, index) => seq < (seen[index - 1]?.seq ?? 0)).length,
    versionGaps: countVersionGaps(seen),
  };
}

function countVersionGaps(seen: readonly SeenChange[]): number {
  const versions = new Map<string, number>();
  let gaps = 0;
  for (const { memoId, version, kind } of seen) {
    if (!memoId) continue;
    const last = versions.get(memoId);
    if (last !== undefined ? version !== last + 1 : kind !== 'CREATED') gaps += 1;
    versions.set(memoId, version);
  }
  return gaps;
}

/** Those acknowledged writes that are in no watcher's telling: `<memo>@<version>`. */
export function unknownTo(seen: readonly SeenChange[], acknowledged: Iterable<string>): string[] {
  const known = new Set(seen.map(({ memoId, version }) => `${memoId}@${version}`));
  return [...acknowledged].filter((write) => !known.has(write));
}

export function add(one: Verdict, other: Verdict): Verdict {
  return {
    lost: one.lost + other.lost,
    duplicates: one.duplicates + other.duplicates,
    outOfOrder: one.outOfOrder + other.outOfOrder,
    versionGaps: one.versionGaps + other.versionGaps,
  };
}

export const FLAWLESS: Verdict = { lost: 0, duplicates: 0, outOfOrder: 0, versionGaps: 0 };

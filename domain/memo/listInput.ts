import { readCursor } from './cursor.ts';
import type { MemoFilter } from './filter.ts';
import { PAGE_DEFAULT, PAGE_MAX, TAGS_MAX } from './limits.ts';
import { badInput } from './memoErrors.ts';

/** Left out and null mean the same. */
export interface ListMemosInput {
  /** The pad; the viewer's personal pad when left out. */
  readonly padId?: string | null | undefined;
  /** Which memos; the active ones when left out. */
  readonly filter?: MemoFilterInput | null | undefined;
  /** How many at most, 1 to 100; 20 when left out. */
  readonly first?: number | null | undefined;
  /** A cursor of the same list. */
  readonly after?: string | null | undefined;
}

export type MemoFilterInput = {
  readonly [Field in keyof MemoFilter]?: MemoFilter[Field] | null | undefined;
};

export interface ListRequestRead {
  readonly first: number;
  readonly filter: MemoFilter;
  /** The place to read on behind. */
  readonly after: string | null;
}

/** @throws BAD_USER_INPUT */
export function readListInput(input: ListMemosInput, padId: string): ListRequestRead {
  const filter = readFilter(input.filter ?? {});
  const first = input.first ?? PAGE_DEFAULT;
  if (!Number.isInteger(first) || first < 1 || first > PAGE_MAX) {
    throw badInput(`Expected \`first\` to be 1 to ${PAGE_MAX}, got ${first}.`);
  }
  if (input.after == null) return { first, filter, after: null };
  const { place, problem } = readCursor(input.after, padId, filter);
  if (problem !== null) throw badInput(problem);
  return { first, filter, after: place };
}

function readFilter({ state, pinned, tags, hasOpenTasks, color }: MemoFilterInput): MemoFilter {
  if (tags && tags.length > TAGS_MAX) {
    throw badInput(`Expected a filter of at most ${TAGS_MAX} tags, got ${tags.length}.`);
  }
  return {
    state: state ?? 'ACTIVE',
    pinned: pinned ?? null,
    tags: tags ?? [],
    hasOpenTasks: hasOpenTasks ?? null,
    color: color ?? null,
  };
}

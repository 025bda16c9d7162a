/**
 * What a list is asked for. Written in the APPSYNC_JS subset, because both doors read this very file.
 */
import { readCursor } from './cursor.ts';
import type { MemoFilter } from './filter.ts';
import { PAGE_DEFAULT, PAGE_MAX, TAGS_MAX } from './limits.ts';

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

/** Exactly one of the two isn't null: what to list, or what is wrong with the input. */
export interface ListInputReading {
  readonly request: ListRequestRead | null;
  readonly problem: string | null;
}

export function readListInput(input: ListMemosInput, padId: string): ListInputReading {
  const { state, pinned, tags, hasOpenTasks, color } = input.filter ?? {};
  const first = input.first ?? PAGE_DEFAULT;
  const filter: MemoFilter = {
    state: state ?? 'ACTIVE',
    pinned: pinned ?? null,
    tags: tags ?? [],
    hasOpenTasks: hasOpenTasks ?? null,
    color: color ?? null,
  };
  const { place, problem } =
    input.after == null ? { place: null, problem: null } : readCursor(input.after, padId, filter);
  const refusal = tagsProblem(filter) ?? firstProblem(first) ?? problem;
  return refusal === null
    ? { request: { first, filter, after: place }, problem: null }
    : { request: null, problem: refusal };
}

const tagsProblem = ({ tags }: MemoFilter): string | null =>
  tags.length > TAGS_MAX
    ? `Expected a filter of at most ${TAGS_MAX} tags, got ${tags.length}.`
    : null;

const firstProblem = (first: number): string | null =>
  Math.floor(first) !== first || first < 1 || first > PAGE_MAX
    ? `Expected \`first\` to be 1 to ${PAGE_MAX}, got ${first}.`
    : null;

import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import { cursorOf } from './cursor.ts';
import { dropsSummaries, type MemoFilter, passesFilter } from './filter.ts';
import { PAGE_BODY_BYTES_MAX, PAGE_SUMMARIES_READ_MAX } from './limits.ts';
import { type ListMemosInput, readListInput } from './listInput.ts';
import type { Memo, MemoSummary } from './memo.ts';
import type { ReadMemoPorts } from './memoPorts.ts';
import type { MemoReader } from './memoStore.ts';
import { cutPage, cutToBytes, type PageCut } from './page.ts';
import { isEmptyRange, placesOf } from './place.ts';
import { expiredSince } from './trash.ts';

/** One page of memos, newest change first, pinned ones ahead. */
export interface MemoPage<Listed extends MemoSummary = MemoSummary> {
  readonly edges: readonly { readonly cursor: string; readonly memo: Listed }[];
  /** Whether there may be more behind `endCursor`. */
  readonly hasNextPage: boolean;
  /** Where the next page goes on; null when nothing was read. */
  readonly endCursor: string | null;
}

export interface ListMemosOptions {
  /** Runs once the viewer may read the pad, before any of its memos is read. */
  readonly beforeMemos?: (padId: string) => Promise<void>;
  readonly withBodies?: boolean;
  /** Is told how many bytes of bodies are about to be read; what it throws refuses the page. */
  readonly beforeBodies?: (bytes: number) => void;
}

/**
 * One page of a pad's memos: one strong query of summaries and, with bodies, one batch of memos.
 *
 * @throws UNAUTHENTICATED, NOT_FOUND, BAD_USER_INPUT
 */
export function listMemos(
  ports: ReadMemoPorts,
  viewer: Viewer | null,
  input: ListMemosInput,
  options: { readonly withBodies: true },
): Promise<MemoPage<Memo>>;
export function listMemos(
  ports: ReadMemoPorts,
  viewer: Viewer | null,
  input?: ListMemosInput,
  options?: ListMemosOptions,
): Promise<MemoPage>;
export async function listMemos(
  { memos, members, clock }: ReadMemoPorts,
  viewer: Viewer | null,
  input: ListMemosInput = {},
  { withBodies = false, beforeBodies, beforeMemos }: ListMemosOptions = {},
): Promise<MemoPage> {
  const { userId } = requireViewer(viewer);
  const padId = input.padId ?? userId;
  await authorize(members, viewer, padId, 'READ');
  const { first, filter, after } = readListInput(input, padId);
  await beforeMemos?.(padId);
  const expired = expiredSince(clock());
  const since = filter.state === 'TRASHED' ? expired : null;
  const range = placesOf(filter.state, filter.pinned, after, since);
  const limit = dropsSummaries(filter) ? PAGE_SUMMARIES_READ_MAX : first + 1;
  const slice = isEmptyRange(range)
    ? { summaries: [], more: false }
    : await memos.list({ padId, range, order: 'NEWEST_FIRST', limit });
  const page = cutPage(slice, first, filter, expired);
  if (!withBodies) return toPage(padId, page, new Map(page.shown.map((memo) => [memo.ulid, memo])));
  const cut = cutToBytes(page, PAGE_BODY_BYTES_MAX);
  beforeBodies?.(cut.shown.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0));
  return toPage(padId, cut, await readBodies(memos, padId, cut, filter, expired));
}

/** A memo that was purged meanwhile, or that left the list, drops out of the page. */
async function readBodies(
  memos: MemoReader,
  padId: string,
  { shown }: PageCut,
  filter: MemoFilter,
  expired: string,
): Promise<ReadonlyMap<string, Memo>> {
  const keys = shown.map(({ ulid }) => ({ padId, ulid }));
  const read = keys.length > 0 ? await memos.readMany(keys) : [];
  const there = read.filter((memo) => memo !== null);
  const listed = there.filter((memo) => passesFilter(memo, filter, expired));
  return new Map(listed.map((memo) => [memo.ulid, memo]));
}

/** Cursors name the places that were listed: a memo written to meanwhile has moved ahead of the page. */
function toPage<Listed extends MemoSummary>(
  padId: string,
  { shown, end, hasNextPage }: PageCut,
  byUlid: ReadonlyMap<string, Listed>,
): MemoPage<Listed> {
  const edges = shown.flatMap((summary) => {
    const memo = byUlid.get(summary.ulid);
    return memo ? [{ cursor: cursorOf(padId, summary), memo }] : [];
  });
  return { edges, hasNextPage, endCursor: end && cursorOf(padId, end) };
}

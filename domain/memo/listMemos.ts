import { requireViewer, type Viewer } from '#domain/viewer/viewer.ts';
import { authorize } from './authorize.ts';
import { type MemoFilter, passesFilter } from './filter.ts';
import { PAGE_BODY_BYTES_MAX } from './limits.ts';
import { type ListMemosInput, readListInput } from './listInput.ts';
import type { Memo } from './memo.ts';
import { badInput } from './memoErrors.ts';
import type { ReadMemoPorts } from './memoPorts.ts';
import type { MemoReader } from './memoStore.ts';
import { cutPage, cutToBytes, type MemoPage, type PageCut, pageOf, pageQuery } from './page.ts';
import { expiredSince } from './trash.ts';

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
  const { request, problem } = readListInput(input, padId);
  if (request === null) throw badInput(problem ?? '');
  await beforeMemos?.(padId);
  const expired = expiredSince(clock());
  const { range, limit } = pageQuery(request, expired);
  const slice =
    range === null
      ? { summaries: [], more: false }
      : await memos.list({ padId, range, order: 'NEWEST_FIRST', limit });
  const page = cutPage(slice, request.first, request.filter, expired);
  if (!withBodies) return pageOf(padId, page, page.shown);
  const cut = cutToBytes(page, PAGE_BODY_BYTES_MAX);
  beforeBodies?.(cut.shown.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0));
  return pageOf(padId, cut, await readBodies(memos, padId, cut, request.filter, expired));
}

/** A memo that was purged meanwhile, or that left the list, drops out of the page. */
async function readBodies(
  memos: MemoReader,
  padId: string,
  { shown }: PageCut,
  filter: MemoFilter,
  expired: string,
): Promise<Memo[]> {
  const keys = shown.map(({ ulid }) => ({ padId, ulid }));
  const read = keys.length > 0 ? await memos.readMany(keys) : [];
  const there = read.filter((memo) => memo !== null);
  return there.filter((memo) => passesFilter(memo, filter, expired));
}

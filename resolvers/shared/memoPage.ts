/**
 * A page of memos, read in steps: `readHead` where the change log stands, `readSummaries`, `readBodies`,
 * and their pad. What each has found is noted for the next.
 */
import type { Context } from '@aws-appsync/utils';
import type { ListRequestRead } from '#domain/memo/listInput.ts';
import type { Memo } from '#domain/memo/memo.ts';
import { type PageCut, pageOf } from '#domain/memo/page.ts';
import { accessOf } from './access.ts';
import { memoSource } from './memo.ts';
import type { PadSource } from './pad.ts';

export interface PageStash {
  request: ListRequestRead;
  /** What was put into the trash at this time or before counts as purged. */
  expired: string;
  /** Where the change log stood before the memos were read; only if it is selected. */
  changesCursor?: string;
  cut: PageCut;
  /** Only if bodies are selected. */
  bodies?: readonly Memo[];
  /** Only if more of it is selected than a memo knows. */
  pad?: PadSource;
}

export const pageStashOf = (ctx: Context): PageStash => ctx.stash as unknown as PageStash;

/** For the `response` of a pipeline's `resolver.ts`: a MemoConnection. */
export function connectionOf(ctx: Context): unknown {
  const { cut, bodies, pad, changesCursor } = pageStashOf(ctx);
  const { padId, role } = accessOf(ctx);
  const { edges, hasNextPage, endCursor } = pageOf(padId, cut, bodies ?? cut.shown);
  const withNodes = edges.map(({ cursor, memo }) => {
    const source = memoSource(memo, role);
    return { cursor, node: pad ? { ...source, pad } : source };
  });
  return {
    edges: withNodes,
    nodes: withNodes.map(({ node }) => node),
    pageInfo: { hasNextPage, endCursor },
    changesCursor,
  };
}

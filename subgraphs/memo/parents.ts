import type { ChangeBatch, ChangeWithMemo } from '#domain/memo/changesPage.ts';
import type { Invite } from '#domain/memo/invite.ts';
import type { Memo, MemoSummary } from '#domain/memo/memo.ts';
import type { Pad } from '#domain/memo/pad.ts';
import type { MemoPage } from '#domain/memo/page.ts';

/** What field resolvers get as their parent: codegen.yml names these types. */

/** A pad, or only its id where nothing else of it may be asked for. */
export type PadParent = Pad | { readonly id: string };

/** An invite; with its secret and page only in the answer that creates it. */
export interface InviteParent extends Invite {
  readonly secret?: string;
  readonly url?: string | null;
}

/** A memo; without its body in a page that doesn't select bodies. */
export type MemoParent = MemoSummary & Partial<Pick<Memo, 'body'>>;

/** A page; with the change log's position where that is selected. */
export interface MemoConnectionParent extends MemoPage<MemoParent> {
  readonly changesCursor?: string;
}

export type MemoEdgeParent = MemoConnectionParent['edges'][number];

/** A stretch of a pad's change log; its changes with their memos where those are selected. */
export interface MemoChangeBatchParent extends Omit<ChangeBatch, 'changes'> {
  readonly changes: readonly MemoChangeParent[];
}

export type MemoChangeParent = ChangeWithMemo;

/**
 * A memo as fields that answer with one return it. `Memo` has resolvers for `body`, `tasks`, `pad`, `author`
 * and `lastEditor` alone: whatever else is selected is here, and what of these is here costs no read.
 */
import { type Context, util } from '@aws-appsync/utils';
import type { PadAction } from '#domain/memo/access.ts';
import type { Memo, MemoSummary } from '#domain/memo/memo.ts';
import { type MemoKey, readMemoId } from '#domain/memo/memoId.ts';
import { MEMO_NOT_FOUND } from '#domain/memo/memoProblems.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { livingMemo } from '#domain/memo/trash.ts';
import { type MemoRow, readMemoRow } from '#table/memo/memoRow.ts';
import { needRole } from './access.ts';
import type { PadSource } from './pad.ts';
import { refuse } from './refuse.ts';
import type { UserSource } from './user.ts';
import { viewerId } from './viewer.ts';

export interface MemoSource extends MemoSummary {
  /** Missing in a page that was read without bodies. */
  readonly body?: string;
  /** The viewer's role in its pad; null where nobody in person asks. */
  readonly padRole: PadRole | null;
  /** Missing where whoever read the memo did not read its pad. */
  readonly pad?: PadSource;
  /** Missing but in what is published: there nothing may be missing, so they are read before. */
  readonly author?: UserSource;
  readonly lastEditor?: UserSource;
}

export function memoSource(memo: MemoSummary, padRole: PadRole | null): MemoSource {
  return { ...memo, padRole };
}

/**
 * For the `request` of a pipeline's `resolver.ts`: like `needRole` for the pad of a memo. Ends with
 * UNAUTHENTICATED, and with NOT_FOUND for a text that is no memo's id.
 */
export function needMemo(ctx: Context, id: string, action: PadAction): void {
  viewerId(ctx);
  const key = readMemoId(id) ?? refuse(MEMO_NOT_FOUND);
  needRole(ctx, key.padId, action, MEMO_NOT_FOUND);
  ctx.stash.memoKey = key;
}

/** Where the memo is that `needMemo` was called with. */
export const memoKeyOf = (ctx: Context): MemoKey => ctx.stash.memoKey;

/** Of a row that was read, or that stood in a write's way; null for a memo whose time in the trash is over. */
export function livingMemoOf(row: MemoRow | null | undefined): Memo | null {
  return livingMemo(readMemoRow(row), util.time.nowEpochMilliSeconds());
}

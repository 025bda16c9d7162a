import type { ListMemosInput } from '#domain/memo/listInput.ts';
import { listMemos } from '#domain/memo/listMemos.ts';
import { spendRead } from './bodyBudget.ts';
import type { Context } from './context.ts';
import type { MemoConnectionParent } from './parents.ts';
import { type SelectionInfo, selectsBodies } from './selection.ts';

/** A page of memos, with bodies where its selection needs them and the request may still read so many. */
export function pageOf(
  input: ListMemosInput,
  { loaders, viewer, budget }: Context,
  info: SelectionInfo,
): Promise<MemoConnectionParent> {
  const beforeBodies = (bytes: number) => spendRead(budget, bytes);
  return listMemos(loaders, viewer, input, { withBodies: selectsBodies(info), beforeBodies });
}

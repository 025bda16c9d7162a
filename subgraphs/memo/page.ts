import { changeCursorOf } from '#domain/memo/changeCursor.ts';
import type { LogHead } from '#domain/memo/changeLog.ts';
import type { ListMemosInput } from '#domain/memo/listInput.ts';
import { listMemos } from '#domain/memo/listMemos.ts';
import { spendRead } from './bodyBudget.ts';
import type { Context } from './context.ts';
import type { MemoConnectionParent } from './parents.ts';
import { type SelectionInfo, selectsBodies, selectsChangesCursor } from './selection.ts';

/** A page of memos, with bodies where its selection needs them and the request may still read so many. */
export async function pageOf(
  input: ListMemosInput,
  { ports, loaders, viewer, budget }: Context,
  info: SelectionInfo,
): Promise<MemoConnectionParent> {
  const options = {
    withBodies: selectsBodies(info),
    beforeBodies: (bytes: number) => spendRead(budget, bytes),
  };
  if (!selectsChangesCursor(info)) return listMemos(loaders, viewer, input, options);
  let head: LogHead | undefined;
  // Before the memos, which then can't be those that were read for another field: what is written in
  // between is in both, and nothing in neither.
  const beforeMemos = async (padId: string): Promise<void> => {
    head = await ports.changes.head(padId);
  };
  const page = await listMemos(ports, viewer, input, { ...options, beforeMemos });
  return head ? { ...page, changesCursor: changeCursorOf(head) } : page;
}

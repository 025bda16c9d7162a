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
  { ports, viewer, budget }: Context,
  info: SelectionInfo,
): Promise<MemoConnectionParent> {
  let head: LogHead | undefined;
  const page = await listMemos(ports, viewer, input, {
    withBodies: selectsBodies(info),
    beforeBodies: (bytes) => spendRead(budget, bytes),
    ...(selectsChangesCursor(info) && {
      // Before the memos: what is written in between is in both, and nothing in neither.
      beforeMemos: async (padId: string) => {
        head = await ports.changes.head(padId);
      },
    }),
  });
  return head ? { ...page, changesCursor: changeCursorOf(head) } : page;
}

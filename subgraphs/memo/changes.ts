import { type ChangeBatch, type ReadChangesInput, readChanges } from '#domain/memo/readChanges.ts';
import { spendRead } from './bodyBudget.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './resolvers.generated.ts';
import { type SelectionInfo, selectsMemos } from './selection.ts';

/** A stretch of a pad's change log, with memos where its selection needs them and the request may still read so many. */
export function changesOf(
  input: ReadChangesInput,
  { ports, viewer, watch, budget }: Context,
  info: SelectionInfo,
): Promise<ChangeBatch> {
  const afterBodies = (bytes: number) => spendRead(budget, bytes);
  const options = { withMemos: selectsMemos(info), afterBodies };
  return readChanges(ports, { viewer, watch }, input, options);
}

export const changeFields: Pick<Resolvers, 'MemoChangeBatch' | 'MemoChange'> = {
  MemoChangeBatch: {
    changes: ({ changes }) => [...changes],
  },
  MemoChange: {
    pad: ({ aboutPadId }) => (aboutPadId === null ? null : { id: aboutPadId }),
  },
};

import type { ChangeBatch, ReadChangesInput } from '#domain/memo/changesPage.ts';
import { readChanges } from '#domain/memo/readChanges.ts';
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
    // A change's own `padId` names the log it is in, which the batch tells.
    padId: ({ aboutPadId }) => aboutPadId,
    // Any field of a pad that was left would be an error, which takes the whole pad with it.
    pad: ({ kind, aboutPadId }) =>
      aboutPadId === null || kind === 'PAD_LEFT' ? null : { id: aboutPadId },
  },
};

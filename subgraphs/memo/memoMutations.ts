import { createMemo } from '#domain/memo/createMemo.ts';
import { emptyTrash } from '#domain/memo/emptyTrash.ts';
import { purgeMemo } from '#domain/memo/purgeMemo.ts';
import { restoreMemo } from '#domain/memo/restoreMemo.ts';
import { setTaskDone } from '#domain/memo/setTaskDone.ts';
import { trashMemo } from '#domain/memo/trashMemo.ts';
import { updateMemo } from '#domain/memo/updateMemo.ts';
import { portsOfMutation } from './context.ts';
import type { MutationResolvers } from './resolvers.generated.ts';

export const memoMutations: MutationResolvers = {
  createMemo: (_, { input }, context) =>
    createMemo(portsOfMutation(context), context.viewer, input),
  updateMemo: (_, { input }, context) =>
    updateMemo(portsOfMutation(context), context.viewer, input),
  setTaskDone: (_, input, context) => setTaskDone(portsOfMutation(context), context.viewer, input),
  trashMemo: (_, { id }, context) => trashMemo(portsOfMutation(context), context.viewer, id),
  restoreMemo: (_, { id }, context) => restoreMemo(portsOfMutation(context), context.viewer, id),
  purgeMemo: async (_, { id }, context) => {
    await purgeMemo(portsOfMutation(context), context.viewer, id);
    return true;
  },
  emptyTrash: (_, { padId }, context) =>
    emptyTrash(portsOfMutation(context), context.viewer, padId),
};

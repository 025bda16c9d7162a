import { listPads } from '#domain/memo/listPads.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { readPad } from '#domain/memo/readPad.ts';
import { changesOf } from './changes.ts';
import { knowPad } from './padFields.ts';
import { pageOf } from './page.ts';
import type { QueryResolvers } from './resolvers.generated.ts';

export const queries: QueryResolvers = {
  pads: async (_, _none, context) => {
    const pads = await listPads(context.loaders, context.viewer);
    return pads.map((pad) => knowPad(context, pad));
  },
  pad: (_, { id }, { loaders, viewer }) => readPad(loaders, viewer, id),
  memo: (_, { id }, { loaders, viewer }) => readMemo(loaders, viewer, id),
  memos: (_, input, context, info) => pageOf(input, context, info),
  memoChanges: (_, input, context, info) => changesOf(input, context, info),
};

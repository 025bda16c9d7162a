import { listMemos } from '#domain/memo/listMemos.ts';
import { listPads } from '#domain/memo/listPads.ts';
import { readMemo } from '#domain/memo/readMemo.ts';
import { readPad } from '#domain/memo/readPad.ts';
import { knowPad } from './padFields.ts';
import type { QueryResolvers } from './resolvers.generated.ts';
import { selectsBodies } from './selection.ts';

export const queries: QueryResolvers = {
  pads: async (_, _none, context) => {
    const pads = await listPads(context.ports, context.viewer);
    return pads.map((pad) => knowPad(context, pad));
  },
  pad: (_, { id }, { loaders, viewer }) => readPad({ pads: loaders }, viewer, id),
  memo: (_, { id }, { ports, viewer }) => readMemo(ports, viewer, id),
  memos: (_, input, { ports, viewer }, info) =>
    listMemos(ports, viewer, input, { withBodies: selectsBodies(info) }),
};

import { listInvites } from '#domain/memo/listInvites.ts';
import { listMembers } from '#domain/memo/listMembers.ts';
import { isPersonalPadOf, type Pad } from '#domain/memo/pad.ts';
import { readPad } from '#domain/memo/readPad.ts';
import { isWatchedPersonalPad, readWatchedPad } from '#domain/memo/readWatchedPad.ts';
import type { PadRole } from '#domain/memo/role.ts';
import { requireViewer } from '#domain/viewer/viewer.ts';
import type { Context } from './context.ts';
import { pageOf } from './page.ts';
import type { PadParent } from './parents.ts';
import type { Resolvers } from './resolvers.generated.ts';
import { userOf } from './user.ts';

export const padFields: Pick<Resolvers, 'Pad' | 'PadMember' | 'Invite'> = {
  Pad: {
    name: async (pad, _, context) => (await wholePad(pad, context)).name,
    createdAt: async (pad, _, context) => (await wholePad(pad, context)).createdAt,
    role: async (pad, _, context) => roleIn(await wholePad(pad, context), context),
    personal: ({ id }, _, { viewer, watch, loaders }) =>
      watch ? isWatchedPersonalPad(loaders.pads, watch, id) : isPersonalPadOf(viewer, id),
    members: ({ id }, _, { loaders, viewer }) => listMembers(loaders, viewer, id),
    invites: ({ id }, _, { loaders, viewer }) => listInvites(loaders, viewer, id),
    memos: ({ id: padId }, input, context, info) => pageOf({ ...input, padId }, context, info),
  },
  PadMember: {
    user: ({ userId }) => userOf(userId),
  },
  Invite: {
    secret: ({ secret }) => secret ?? null,
    url: ({ url }) => url ?? null,
  },
};

/** Spares the fields of the pad and of its memos reading it again. */
export function knowPad({ viewer, loaders }: Context, pad: Pad): Pad {
  if (viewer) loaders.know(viewer.userId, pad);
  return pad;
}

/** A memo names its pad; what else the pad is costs a read only where it is asked for. */
async function wholePad(pad: PadParent, { loaders, viewer, watch }: Context): Promise<Pad> {
  if ('name' in pad) return pad;
  return watch ? readWatchedPad(loaders.pads, watch, pad.id) : readPad(loaders, viewer, pad.id);
}

/** A role is somebody's. */
function roleIn({ role }: Pad, { viewer }: Context): PadRole {
  requireViewer(viewer);
  return role;
}
